/**
 * `npm start`: installs what is missing, builds when a source is newer than the build, and runs the reference backend in demo mode with the
 * clinic's site and the desk. PORT (default 8080) and CARE_CHAT_DATA (default .data/) change where it listens and keeps its data.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
ensureBuilt();

const env = { ...process.env, PORT: process.env.PORT ?? '8080', CARE_CHAT_DATA: process.env.CARE_CHAT_DATA ?? join(root, '.data') };
const child = spawn(process.execPath, [join(root, 'dist/src/cli/main.js'), 'serve', '--config', join(root, 'demo/care-chat.config.json'), '--demo'], {
  cwd: root,
  env,
  stdio: 'inherit',
});
// A terminal sends Ctrl+C to the server as well: here it only must not end this process before the server has drained.
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(`The server could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.once('exit', (code, signal) => {
  if (signal === null) process.exitCode = code ?? 1;
  else process.kill(process.pid, signal);
});
