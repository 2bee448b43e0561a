//! stub
use super::{Event, Options, Renderer, Terminal};
use std::io;
/// stub
pub struct Text;
impl Text {
    /// stub
    pub fn new(_: Terminal, _: Options) -> Self {
        Self
    }
}
impl Renderer for Text {
    fn render(&mut self, _: &Event<'_>, _: &mut dyn io::Write) -> io::Result<()> {
        todo!("helper: report")
    }
    fn finish(&mut self, _: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}
