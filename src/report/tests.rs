//! Renderers, whole.
