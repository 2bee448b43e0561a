//! Renderers, whole.

mod complete;
mod hostile;
mod patch;
mod sample;
mod schemas;
mod snapshots;
