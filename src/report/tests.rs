//! Renderers, whole.

mod audit;
mod complete;
mod diff;
mod documents;
mod folders;
mod hostile;
mod parallel;
mod patch;
mod sample;
mod scan;
mod schemas;
