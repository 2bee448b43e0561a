//! Binary search for what is near.

/// How many of `slice` come before what is looked for. The first `from` do, and of the others the
/// fewer, the sooner that is known. Like [`slice::partition_point`], whose rules hold for `before`.
pub(crate) fn partition_point_from<T>(
    slice: &[T],
    from: usize,
    before: impl Fn(&T) -> bool,
) -> usize {
    let (mut low, mut step) = (from, 1);
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
                for from in 0..=found {
                    let point = partition_point_from(&slice, from, |at| *at < found);
                    assert_eq!(point, found, "from {from} of {len}");
                }
            }
        }
    }
}
