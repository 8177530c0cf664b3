/** `care-chat unmask-dictionary`: the list of texts that a nurse may see in co-browsing, from the clinic's own pages; made anew whenever the pages change. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashText } from '../base/text-hash.js';
import { readOptions } from './options.js';
import { publicParts } from './public-texts.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const dictionaryHelp = `care-chat unmask-dictionary: which texts of a site a nurse may see in co-browsing

  care-chat unmask-dictionary SITE [--all] [--assets] [--out FILE]

Reads every HTML file in the folder SITE (or one file) and prints the co-browse configuration of its texts as JSON:
{"dictionary": [...]}, a hash for each text inside data-care-unmask. With this list a text is shown only if it is in it,
so that what a server or a script writes into a public heading, such as a name, stays a bar. Not read: scripts, comments,
attributes, fields, and what is in data-care-mask or data-care-block. Texts that are hidden at first are listed too.

  --all      also texts without a mark (they need the mark on the page all the same to be shown)
  --assets   also {"assets": [...]}: the src of each picture inside a mark, as it is written. Patient and nurse need the
             same list, for a picture is sent as its place in it
  --out      write to a file instead

What the patient's page would hide although it is marked is told as a warning and not listed: looks-personal (a contact,
a date, a street, four digits in a row), unreadable (over 500 characters, control characters), unknown-mark (a data-care-…
that may be a misspelled mask), unclear-mark (data-care-unmask with a value that is not "true"), picture-address,
not-utf8. Failures: no-pages, nothing-public, too-many, not-written.`;

/** What a configuration takes at most. */
const most = { dictionary: 100_000, assets: 2000 };

function pagesOf(site: string): readonly string[] {
  try {
    if (statSync(site).isFile()) return [site];
    const entries = readdirSync(site, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile() && /\.x?html?$/i.test(entry.name)).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  } catch {
    throw new UsageError(`cannot read ${site}`);
  }
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** The subcommand. Throws `UsageError`. */
export function runDictionary(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, positionals } = readOptions(args, { all: { type: 'boolean' }, assets: { type: 'boolean' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(dictionaryHelp);
    return exit.ok;
  }
  const [site, ...more] = positionals;
  if (site === undefined) throw new UsageError('SITE is needed: the folder with the site\'s HTML');
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  const fail = (code: string, words: string): ExitCode => {
    terminal.error(`${code}: ${words}`);
    return exit.failure;
  };

  const pages = pagesOf(site);
  if (pages.length === 0) return fail('no-pages', `there is no HTML file in ${site}`);
  const [texts, pictures]: [string[], string[]] = [[], []];
  for (const page of pages) {
    const html = readFileSync(page, 'utf8');
    const found = publicParts(html.replace(/^\uFEFF/, ''), values.all);
    texts.push(...found.texts);
    pictures.push(...found.pictures);
    const place = relative(site, page) || page;
    for (const { line, code, what } of found.doubts) if (values.assets || code !== 'picture-address') terminal.error(`warning: ${place}:${line}: ${code}: ${what}`);
    if (html.includes('\uFFFD')) terminal.error(`warning: ${place}: not-utf8: its letters cannot be read, and texts with them will not be found`);
  }
  const config = { dictionary: unique(texts.map(hashText)), ...(values.assets ? { assets: unique(pictures) } : {}) };
  if (config.dictionary.length === 0) return fail('nothing-public', `nothing in ${site} is marked with data-care-unmask and can be shown`);
  for (const [name, limit] of Object.entries(most)) {
    const { length } = (config as Readonly<Record<string, readonly string[]>>)[name] ?? [];
    if (length > limit) return fail('too-many', `${length} entries in "${name}", and a configuration takes ${limit}`);
  }
  const json = JSON.stringify(config, null, 2);
  if (values.out === undefined) {
    terminal.out(json);
    return exit.ok;
  }
  try {
    writeFileSync(values.out, `${json}\n`);
  } catch {
    return fail('not-written', `cannot write ${values.out}`);
  }
  terminal.out(`${config.dictionary.length} texts${config.assets ? ` and ${config.assets.length} pictures` : ''} of ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}: ${values.out}`);
  return exit.ok;
}
