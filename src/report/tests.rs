//! Renderers, whole.

mod audit;
mod complete;
mod diff;
mod documents;
pub mod folder_events;
mod folders;
mod formats;
mod hostile;
mod parallel;
mod patch;
pub mod sample;
mod scan;
mod schemas;
