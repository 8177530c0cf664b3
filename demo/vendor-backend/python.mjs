/**
 * Finds an interpreter that can run the backend: Python 3.11 or later with the module `websockets` (Debian: python3-websockets). The one on the
 * PATH may be another than the system's, and without the module. Node built-ins only. Used by start.mjs and by the tests.
 */
import { spawnSync } from 'node:child_process';

/** The Debian package that holds the module. */
export const debianPackage = 'python3-websockets';

/** What to do where no interpreter was found, in words. */
export const howToInstall = `the backend needs Python 3.11 or later with the module websockets: apt-get install ${debianPackage}, or python3 -m pip install websockets; PYTHON names another interpreter`;

const question = 'import sys, websockets.frames; sys.exit(sys.version_info < (3, 11))';

/** The interpreter's name or path, or undefined: PYTHON first, then the PATH, then the system's own. */
export const findPython = () =>
  [process.env.PYTHON, 'python3', '/usr/bin/python3', '/usr/local/bin/python3', 'python']
    .filter((candidate) => candidate !== undefined && candidate !== '')
    .find((candidate) => spawnSync(candidate, ['-c', question], { stdio: 'ignore' }).status === 0);
