// Turns the TypeScript into CommonJS under dist/. Types are checked by `npm run typecheck`.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from '@swc/core';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.built-from');

async function sources() {
  const found = [];
  for (const top of ['apps', 'libs', 'bench']) {
    const folder = path.join(root, top);
    if (!existsSync(folder)) continue;
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && !file.includes(`${path.sep}node_modules${path.sep}`)) found.push(file);
    }
  }
  return found.sort();
}

/** `@voltledger/kernel` becomes a path relative to the file that imports it. */
const withPaths = (code, file) =>
  code.replace(/require\("@voltledger\/([a-z-]+)"\)/g, (_match, lib) => {
    const target = path.join(dist, 'libs', lib, 'src', 'index.js');
    const from = path.dirname(path.join(dist, path.relative(root, file)));
    return `require(${JSON.stringify(`./${path.relative(from, target).split(path.sep).join('/')}`)})`;
  });

/** A reader sees the old file or the new one, never half of it. */
async function replace(target, content) {
  const temporary = `${target}.${process.pid}`;
  await writeFile(temporary, content);
  await rename(temporary, target);
}

async function buildFile(file) {
  const target = path.join(dist, path.relative(root, file)).replace(/\.ts$/, '.js');
  await mkdir(path.dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) return cp(file, target);
  const { code, map } = await transform(await readFile(file, 'utf8'), {
    filename: file,
    sourceMaps: true,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  await writeFile(
    target,
    `${withPaths(code, file)}\n//# sourceMappingURL=${path.basename(target)}.map\n`,
  );
  return writeFile(`${target}.map`, map);
}

/** Does nothing when `dist/` was built from the same sources. Two builds at once do not disturb each other. */
export async function build() {
  const files = (await sources()).filter((file) => !/\.spec\.ts$/.test(file));
  const stamp = createHash('sha256');
  for (const file of [...files, import.meta.filename])
    stamp.update(file).update(await readFile(file));
  const digest = stamp.digest('hex');
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === digest) return;
  await rm(stampFile, { force: true });
  await Promise.all(files.map(buildFile));
  await writeFile(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(stampFile, digest);
}

if (process.argv[1] === import.meta.filename) await build();
