//! Shapes of the vAPI: names in snake case; entries of lists that may be of several classes carry theirs
//! as `@class`.

pub mod parameters;
pub mod template;
