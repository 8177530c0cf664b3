/** Runs one command of a gate, keeps what it says, and tells how it ended. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../demo/prepare.mjs';

/**
 * Runs a command in the root of the project.
 * @returns {Promise<{ code: number, output: string }>} its exit code, and stdout and stderr as they came
 */
export const runProcess = (command, args, { env = {}, live = false, timeoutMs = 900_000 } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk) => {
      output += chunk;
      if (live) process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const timer = setTimeout(() => {
      output += `\nstopped after ${timeoutMs / 1000} s`;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}` });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });

/** Runs a tool of node_modules with this Node: `runTool('eslint/bin/eslint.js', ['.'])`. */
export const runTool = (path, args, options) => runProcess(process.execPath, [join(root, 'node_modules', path), ...args], options);

/**
 * What a suite counted. A gate is one test.
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, failures: string[], seconds?: number }} SuiteResult
 */

/** The result of a gate: one test, passed or failed with its output. */
export const gateResult = (name, isPassed, output = '') => ({
  name,
  passed: isPassed ? 1 : 0,
  failed: isPassed ? 0 : 1,
  skipped: 0,
  failures: isPassed ? [] : [`${name}\n${output.trim()}`],
});
