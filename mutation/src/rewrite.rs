//! A source file with all its mutants behind switches.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::mutant::{Genre, Mutant, Place, Span};

/// What became of a file.
pub struct Rewritten {
    pub text: String,
    /// Where each mutant stands in `text`, in bytes.
    pub regions: Vec<(Range<usize>, u32)>,
    /// Those no place was found for.
    pub unplaced: Vec<u32>,
}

/// Puts `mutants`, which are all of the file `text`, behind switches.
pub fn rewrite(text: &str, mutants: &[&Mutant]) -> Result<Rewritten> {
    let file = syn::parse_file(text).context("it is no Rust")?;
    let mut finder = Finder { lines: Lines::new(text), wanted: BTreeMap::new(), nodes: Vec::new() };
    for mutant in mutants {
        finder.wanted.entry((mutant.genre, mutant.span)).or_default().push(mutant);
    }
    finder.visit_file(&file);
    let unplaced = finder.wanted.values().flatten().map(|mutant| mutant.number).collect();
    let mut nodes = finder.nodes;
    // Outer before inner; an insertion before what begins there.
    nodes.sort_by_key(|node| {
        (node.range.start, node.range.start != node.range.end, usize::MAX - node.range.end)
    });
    let mut writer =
        Writer { text, nodes: &nodes, out: String::new(), regions: Vec::new(), open: Vec::new() };
    writer.copy(0..text.len(), 0);
    Ok(Rewritten { text: writer.out, regions: writer.regions, unplaced })
}

/// A place with the mutants of it.
struct Node<'m> {
    /// What is rewritten; empty for an insertion.
    range: Range<usize>,
    shape: Shape,
    mutants: Vec<&'m Mutant>,
}

enum Shape {
    /// `if is(1) { return replacement; }` before the first statement.
    Body,
    /// The same of a function whose result is some iterator: with the end of that many made one type.
    Iterator,
    /// Where the signature of such a function begins, and where its body ends.
    Open,
    Close,
    /// Left and right side.
    Binary(Range<usize>, Range<usize>, String),
    /// The sign and what follows it.
    Unary(Range<usize>, Range<usize>),
    /// ` if !is(1)` after the pattern.
    Arm,
    Guard,
    /// The deleted field with its comma.
    Field(Vec<Range<usize>>),
}

struct Lines(Vec<(usize, String)>);

impl Lines {
    fn new(text: &str) -> Self {
        let mut start = 0;
        Self(
            text.split_inclusive('\n')
                .map(|line| {
                    let entry = (start, line.to_owned());
                    start += line.len();
                    entry
                })
                .collect(),
        )
    }

    fn offset(&self, place: Place) -> usize {
        let (start, line) = &self.0[place.line - 1];
        start + line.chars().take(place.column - 1).map(char::len_utf8).sum::<usize>()
    }

    fn range(&self, of: &impl Spanned) -> Range<usize> {
        let span = span(of);
        self.offset(span.start)..self.offset(span.end)
    }
}

fn span(of: &impl Spanned) -> Span {
    join(of, of)
}

fn join(first: &impl Spanned, last: &impl Spanned) -> Span {
    let (start, end) = (first.span().start(), last.span().end());
    Span {
        start: Place { line: start.line, column: start.column + 1 },
        end: Place { line: end.line, column: end.column + 1 },
    }
}

struct Finder<'m> {
    lines: Lines,
    wanted: BTreeMap<(Genre, Span), Vec<&'m Mutant>>,
    nodes: Vec<Node<'m>>,
}

impl Finder<'_> {
    fn add(&mut self, genre: Genre, span: Span, range: Range<usize>, shape: Shape) {
        if let Some(mutants) = self.wanted.remove(&(genre, span)) {
            self.nodes.push(Node { range, shape, mutants });
        }
    }

    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) {
        if let (Some(first), Some(last)) = (block.stmts.first(), block.stmts.last()) {
            let (whole, start) = (join(first, last), self.lines.range(first).start);
            let wanted =
                self.wanted.get(&(Genre::FnValue, whole)).map(Vec::as_slice).unwrap_or_default();
            if wanted.iter().any(|mutant| mutant.is_opaque()) {
                let (open, end) = (self.lines.range(signature).start, self.lines.range(last).end);
                let mutants = wanted.to_vec();
                self.nodes.push(Node {
                    range: open..open,
                    shape: Shape::Open,
                    mutants: Vec::new(),
                });
                self.add(Genre::FnValue, whole, start..start, Shape::Iterator);
                self.nodes.push(Node { range: end..end, shape: Shape::Close, mutants });
            } else {
                self.add(Genre::FnValue, whole, start..start, Shape::Body);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.body(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.body(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, item: &'ast syn::ExprBinary) {
        if is_chain(&item.left) || is_chain(&item.right) {
            // `if let … && …`: no other operator may stand there.
            return visit::visit_expr_binary(self, item);
        }
        let (left, right) = (self.lines.range(&item.left), self.lines.range(&item.right));
        let range = self.lines.range(item);
        let sign = self.lines.range(&item.op);
        let line = &self.lines.0[span(&item.op).start.line - 1];
        let sign = line.1[sign.start - line.0..sign.end - line.0].to_owned();
        self.add(Genre::BinaryOperator, span(&item.op), range, Shape::Binary(left, right, sign));
        visit::visit_expr_binary(self, item);
    }

    fn visit_expr_unary(&mut self, item: &'ast syn::ExprUnary) {
        let shape = Shape::Unary(self.lines.range(&item.op), self.lines.range(&item.expr));
        self.add(Genre::UnaryOperator, span(&item.op), self.lines.range(item), shape);
        visit::visit_expr_unary(self, item);
    }

    fn visit_expr_match(&mut self, item: &'ast syn::ExprMatch) {
        let all =
            item.arms.iter().any(|arm| arm.guard.is_none() && matches!(arm.pat, syn::Pat::Wild(_)));
        for arm in &item.arms {
            if let Some((_, guard)) = &arm.guard {
                self.add(Genre::MatchArmGuard, span(guard), self.lines.range(guard), Shape::Guard);
            } else if all {
                let end = self.lines.range(&arm.pat).end;
                self.add(Genre::MatchArm, span(arm), end..end, Shape::Arm);
            }
        }
        visit::visit_expr_match(self, item);
    }

    fn visit_expr_struct(&mut self, item: &'ast syn::ExprStruct) {
        let mut fields = Vec::new();
        let mut mutants = Vec::new();
        for pair in item.fields.pairs() {
            let span = match pair.punct() {
                Some(comma) => join(pair.value(), comma),
                None => span(pair.value()),
            };
            if let Some(of_it) = self.wanted.remove(&(Genre::StructField, span)) {
                fields.push(self.lines.offset(span.start)..self.lines.offset(span.end));
                mutants.extend(of_it);
            }
        }
        if !mutants.is_empty() {
            self.nodes.push(Node {
                range: self.lines.range(item),
                shape: Shape::Field(fields),
                mutants,
            });
        }
        visit::visit_expr_struct(self, item);
    }

    /// A literal in a pattern is no expression.
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
}

/// Whether `let` stands in it, not in parentheses.
fn is_chain(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(both) => is_chain(&both.left) || is_chain(&both.right),
        _ => false,
    }
}

struct Writer<'t, 'm> {
    text: &'t str,
    nodes: &'t [Node<'m>],
    out: String,
    regions: Vec<(Range<usize>, u32)>,
    open: Vec<usize>,
}

impl Writer<'_, '_> {
    /// Writes that part of the text with the nodes from number `first` on that lie in it; returns the
    /// number of the first one behind it.
    fn copy(&mut self, range: Range<usize>, first: usize) -> usize {
        let (mut at, mut next) = (range.start, first);
        while let Some(node) = self.nodes.get(next) {
            if node.range.start >= range.end {
                break;
            }
            self.out.push_str(&self.text[at..node.range.start]);
            at = node.range.end;
            next = self.node(next);
        }
        self.out.push_str(&self.text[at..range.end]);
        next
    }

    fn node(&mut self, index: usize) -> usize {
        let nodes = self.nodes;
        let (node, text) = (&nodes[index], self.text);
        let whole = self.out.len();
        let slot = self.regions.len();
        let next = match &node.shape {
            Shape::Body => {
                for mutant in &node.mutants {
                    self.mutated(mutant, &format!(" return {}; ", mutant.replacement));
                    self.out.push(' ');
                }
                return index + 1;
            }
            Shape::Iterator => {
                for (before, mutant) in node.mutants.iter().enumerate() {
                    let (open, close) =
                        ("crate::mutant::Either::B(".repeat(before), ")".repeat(before + 1));
                    let one = format!(
                        " return {open}crate::mutant::Either::A({}{close}; ",
                        mutant.replacement
                    );
                    self.mutated(mutant, &one);
                    self.out.push(' ');
                }
                self.out.push_str(&"crate::mutant::Either::B({ ".repeat(node.mutants.len()));
                return index + 1;
            }
            Shape::Open => {
                self.open.push(self.out.len());
                return index + 1;
            }
            Shape::Close => {
                self.out.push_str(&" })".repeat(node.mutants.len()));
                // An iterator of nothing fits where one of something may not.
                let (empty, full): (Vec<&Mutant>, Vec<&Mutant>) =
                    node.mutants.iter().partition(|mutant| mutant.replacement.contains("empty()"));
                let blamed = if full.is_empty() { empty } else { full };
                let whole = self.open.pop().unwrap_or(whole)..self.out.len();
                self.regions
                    .extend(blamed.into_iter().map(|mutant| (whole.clone(), mutant.number)));
                return index + 1;
            }
            Shape::Arm => {
                for mutant in &node.mutants {
                    self.out.push_str(&format!(" if !crate::mutant::is({})", mutant.number));
                    self.regions.push((whole..self.out.len(), mutant.number));
                }
                return index + 1;
            }
            Shape::Binary(left, right, sign) => {
                self.out.push('(');
                for mutant in &node.mutants {
                    let (left, right) = (&text[left.clone()], &text[right.clone()]);
                    self.mutated(mutant, &format!(" {left} {} {right} ", mutant.replacement));
                    self.out.push_str(" else ");
                }
                self.out.push_str("{ ");
                let after = self.copy(left.clone(), index + 1);
                self.out.push_str(&format!(" {sign} "));
                self.copy(right.clone(), after)
            }
            Shape::Unary(sign, operand) => {
                self.out.push('(');
                for mutant in &node.mutants {
                    self.mutated(mutant, &format!(" {} ", &text[operand.clone()]));
                    self.out.push_str(" else ");
                }
                self.out.push_str("{ ");
                self.out.push_str(&text[sign.clone()]);
                self.copy(operand.clone(), index + 1)
            }
            Shape::Guard => {
                self.out.push('(');
                for mutant in &node.mutants {
                    self.mutated(mutant, &format!(" {} ", mutant.replacement));
                    self.out.push_str(" else ");
                }
                self.out.push_str("{ ");
                self.copy(node.range.clone(), index + 1)
            }
            Shape::Field(fields) => {
                self.out.push('(');
                for (mutant, field) in node.mutants.iter().zip(fields) {
                    let without = format!(
                        " {}{} ",
                        &text[node.range.start..field.start],
                        &text[field.end..node.range.end]
                    );
                    self.mutated(mutant, &without);
                    self.out.push_str(" else ");
                }
                self.out.push_str("{ ");
                self.copy(node.range.clone(), index + 1)
            }
        };
        self.out.push_str(" })");
        // The whole belongs to its mutants too: an original that does not fit beside them.
        let of_all = node.mutants.iter().map(|mutant| (whole..self.out.len(), mutant.number));
        self.regions.splice(slot..slot, of_all);
        next
    }

    fn mutated(&mut self, mutant: &Mutant, inside: &str) {
        let start = self.out.len();
        self.out.push_str(&format!("if crate::mutant::is({}) {{{inside}}}", mutant.number));
        self.regions.push((start..self.out.len(), mutant.number));
    }
}
