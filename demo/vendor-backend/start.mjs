/**
 * Starts the second backend with an interpreter that can run it; arguments go on to backend.py.
 *
 *   node demo/vendor-backend/start.mjs --console           # a person answers by typing
 *   PORT=9000 DATA=/var/lib/chat.db node demo/vendor-backend/start.mjs my-clinic.json
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findPython, howToInstall } from './python.mjs';

const python = findPython();
if (python === undefined) {
  console.error(`Not started: ${howToInstall}.`);
  process.exitCode = 1;
} else {
  const child = spawn(python, [join(import.meta.dirname, 'backend.py'), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to the backend as well: here it only must not end this process before the backend has said goodbye.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}
