//! Binary search for what is near.

/// How many of `slice` come before what is looked for: about `from`, and the nearer to it, the sooner
/// that is known. Like [`slice::partition_point`], whose rules hold for `before`.
pub(crate) fn partition_point_from<T>(
    slice: &[T],
    from: usize,
    before: impl Fn(&T) -> bool,
) -> usize {
    let mut step = 1;
    let mut low = from.min(slice.len());
    if low > 0 && !before(&slice[low - 1]) {
        let mut high = low - 1;
        while step <= high && !before(&slice[high - step]) {
            high -= step;
            step *= 2;
        }
        low = high.saturating_sub(step);
        return low + slice[low..high].partition_point(before);
    }
    while slice.get(low + step - 1).is_some_and(&before) {
        low += step;
        step *= 2;
    }
    let high = slice.len().min(low + step - 1);
    let near = slice.get(low..high).unwrap_or_default();
    low + near.partition_point(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_without_a_hint() {
        for len in 0..40 {
            let slice: Vec<usize> = (0..len).collect();
            for found in 0..=len {
                for from in 0..=len + 2 {
                    let point = partition_point_from(&slice, from, |at| *at < found);
                    assert_eq!(point, found, "from {from} of {len}");
                }
            }
        }
    }
}
