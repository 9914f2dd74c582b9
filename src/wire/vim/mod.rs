//! Shapes of vSphere's Web Services API as VI/JSON has them: names in camel case, and `_typeName` first in
//! every object.

pub mod import_spec;
