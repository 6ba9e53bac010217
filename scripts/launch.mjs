// Builds what changed, then runs one entry of dist/ in this process, so that signals reach it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
if (!supported) {
  console.error(
    `Voltledger needs Node.js 20.19+, 22.13+ or 24+; this is ${process.versions.node}.\n` +
      'Install a newer one (https://nodejs.org, or `nvm install`) and run the command again.',
  );
  process.exit(1);
}

const { existsSync } = await import('node:fs');
const path = await import('node:path');
const { pathToFileURL } = await import('node:url');
const root = path.resolve(import.meta.dirname, '..');
const [, , entry = '', ...rest] = process.argv;

if (!existsSync(path.join(root, 'node_modules', '@swc', 'core'))) {
  console.error('The packages are not installed yet. Run `npm ci` here first.');
  process.exit(1);
}
try {
  const { build } = await import('./build.mjs');
  await build();
} catch (error) {
  console.error(
    error.code === 'ENOSPC'
      ? `No space left to write ${path.join(root, 'dist')}. Free some disk space and try again.`
      : `The build failed: ${error.message}`,
  );
  process.exit(1);
}

const script = path.join(root, 'dist', `${entry}.js`);
process.argv = [process.argv[0], script, ...rest];
await import(pathToFileURL(script).href);
