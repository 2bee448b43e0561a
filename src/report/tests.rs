//! Renderers, whole.

mod hostile;
mod patch;
mod sample;
mod schemas;
mod snapshots;
