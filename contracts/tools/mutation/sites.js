// Every change that can be made, in the order of the text: files by name, then places, then what is put there.
import fs from 'node:fs';
import { syntaxTrees } from './compiler.js';

// what each operator becomes
const BINARY = {
  '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'], '==': ['!='], '!=': ['=='],
  '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['/'],
  '&&': ['||'], '||': ['&&'], '&': ['|'], '|': ['&'], '<<': ['>>'], '>>': ['<<'],
};
const ASSIGNED = { '+=': '-=', '-=': '+=', '|=': '&=' };
const STEPPED = { '++': '--', '--': '++' };
const YUL = {
  lt: ['gt'], gt: ['lt'], eq: ['sub'], and: ['or'], or: ['and'], add: ['sub'], sub: ['add'], mul: ['add'],
  shl: ['shr'], shr: ['shl'],
};
const DROPPED = new Set(['ExpressionStatement', 'EmitStatement', 'RevertStatement', 'YulExpressionStatement', 'YulAssignment']);

/** The escrow's own files: what is compiled into it from src/deal and src/common, interfaces and types aside. */
function own(file) {
  return /^src\/(deal|common)\/(?!I[A-Z]|DealTypes|TermsLimits)/.test(file);
}

function span(node) {
  const [start, length] = node.src.split(':').map(Number);
  return { start, end: start + length };
}

// AST offsets are bytes; the sources are ASCII, which `mutants` makes sure of
function operatorBetween(text, left, right, operator) {
  const from = span(left).end;
  const at = text.indexOf(operator, from);
  if (at < 0 || at >= span(right).start) throw new Error(`no ${operator} after ${from}`);
  return { start: at, end: at + operator.length };
}

function changesOf(node, text) {
  const whole = node.src ? span(node) : undefined;
  const changes = [];
  const put = (at, by, what) => changes.push({ ...at, by, what });
  if (node.nodeType === 'BinaryOperation') {
    const at = operatorBetween(text, node.leftExpression, node.rightExpression, node.operator);
    for (const other of BINARY[node.operator] ?? []) put(at, other, `${node.operator} -> ${other}`);
  } else if (node.nodeType === 'Assignment' && ASSIGNED[node.operator]) {
    const at = operatorBetween(text, node.leftHandSide, node.rightHandSide, node.operator);
    put(at, ASSIGNED[node.operator], `${node.operator} -> ${ASSIGNED[node.operator]}`);
  } else if (node.nodeType === 'UnaryOperation') {
    const { start, end } = whole;
    if (node.operator === '!' || node.operator === '~') put({ start, end: start + 1 }, '', `no ${node.operator}`);
    const step = STEPPED[node.operator];
    if (step) put(node.prefix ? { start, end: start + 2 } : { start: end - 2, end }, step, `${node.operator} -> ${step}`);
  } else if (node.nodeType === 'IfStatement' || node.nodeType === 'Conditional') {
    for (const always of ['true', 'false']) put(span(node.condition), always, `condition -> ${always}`);
  } else if (node.nodeType === 'ModifierInvocation' && node.modifierName.name === 'nonReentrant') {
    put(whole, '', 'no modifier');
  } else if (node.nodeType === 'YulFunctionCall') {
    for (const other of YUL[node.functionName.name] ?? []) {
      put(span(node.functionName), other, `${node.functionName.name} -> ${other}`);
    }
  } else if (node.nodeType === 'YulIf') {
    for (const always of ['1', '0']) put(span(node.condition), always, `condition -> ${always}`);
  }
  if (DROPPED.has(node.nodeType)) {
    // a statement's range may end before its semicolon
    const end = text[whole.end] === ';' ? whole.end + 1 : whole.end;
    put({ start: whole.start, end }, '{}', `no ${text.slice(whole.start, end).replace(/\s+/g, ' ').slice(0, 60)}`);
  }
  return changes;
}

function walk(node, visit) {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, visit));
  if (node === null || typeof node !== 'object') return;
  if (node.nodeType) visit(node);
  for (const [key, child] of Object.entries(node)) {
    if (typeof child === 'object' && key !== 'documentation' && key !== 'typeDescriptions') walk(child, visit);
  }
}

/** All mutants: id, file, line, what is changed, and the file's text with the change. */
export function mutants() {
  const all = [];
  for (const [file, ast] of Object.entries(syntaxTrees()).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!own(file)) continue;
    const text = fs.readFileSync(file, 'utf8');
    if (Buffer.byteLength(text) !== text.length) throw new Error(`${file} is not ASCII`);
    const found = new Map();
    walk(ast, (node) => {
      for (const change of changesOf(node, text)) found.set(`${change.start}:${change.end}:${change.by}`, change);
    });
    for (const c of [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end || (a.by < b.by ? -1 : 1))) {
      const line = text.slice(0, c.start).split('\n').length;
      const column = c.start - text.lastIndexOf('\n', c.start - 1);
      const mutated = text.slice(0, c.start) + c.by + text.slice(c.end);
      all.push({ id: `${file}:${line}:${column} ${c.what}`, file, line, what: c.what, mutated });
    }
  }
  return all;
}
