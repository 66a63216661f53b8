'use strict';
// The three things forge asks of a native solc, answered by the npm build of the same compiler:
// its version, and standard JSON on stdin with a base path and include paths for imports.
const fs = require('fs');
const path = require('path');
const compiler = require('solc');

const flags = process.argv.slice(2);
if (flags.includes('--version')) {
  console.log('solc, the solidity compiler commandline interface');
  console.log('Version: ' + compiler.version().replace('Emscripten.clang', 'Linux.g++'));
  process.exit(0);
}
if (!flags.includes('--standard-json')) {
  console.error('tools/solc understands --version and --standard-json only, not: ' + flags.join(' '));
  process.exit(2);
}

const roots = [process.cwd()];
for (let i = 0; i < flags.length; i++) {
  if (flags[i] === '--base-path') roots[0] = flags[++i];
  else if (flags[i] === '--include-path') roots.push(flags[++i]);
  else if (flags[i] === '--allow-paths') i++;
}
function read(name) {
  for (const root of roots) {
    const file = path.join(root, name);
    if (fs.existsSync(file)) return { contents: fs.readFileSync(file, 'utf8') };
  }
  return { error: 'File not found: ' + name };
}
process.stdout.write(compiler.compile(fs.readFileSync(0, 'utf8'), { import: read }));
