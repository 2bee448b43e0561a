//! stub
use super::{Event, Options, Renderer};
use std::io;
/// stub
pub struct Json;
impl Json {
    /// stub
    pub fn new(_: Options) -> Self {
        Self
    }
}
impl Renderer for Json {
    fn render(&mut self, _: &Event<'_>, _: &mut dyn io::Write) -> io::Result<()> {
        todo!("helper: report")
    }
    fn finish(&mut self, _: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}
/// stub
pub struct JsonLines;
impl JsonLines {
    /// stub
    pub fn new(_: Options) -> Self {
        Self
    }
}
impl Renderer for JsonLines {
    fn render(&mut self, _: &Event<'_>, _: &mut dyn io::Write) -> io::Result<()> {
        todo!("helper: report")
    }
    fn finish(&mut self, _: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}
