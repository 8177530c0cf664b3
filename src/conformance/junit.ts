/** The report as JUnit XML, as CI servers read it: a suite per level; known failures are skipped tests that say so. */
import type { CaseResult, ConformanceReport } from './report.js';

/** Characters that XML 1.0 cannot hold in any spelling become U+FFFD. */
const isXmlCharacter = (code: number): boolean => code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
const escape = (text: string): string => [...text]
  .map((letter) => (isXmlCharacter(letter.codePointAt(0)!) ? letter : '\ufffd'))
  .join('')
  .replace(/[&<>"'\n\t\r]/g, (found) => `&#${found.charCodeAt(0)};`);

function testCase({ id, clause, name, level, outcome, known, detail, durationMs }: CaseResult): string {
  const open = `    <testcase classname="care-chat.${level}.${clause}" name="${escape(id)}" time="${(durationMs / 1000).toFixed(3)}"`;
  if (outcome === 'pass') return `${open}/>`;
  const message = escape(`${known ? 'known failure: ' : ''}${name}: ${detail ?? ''}`);
  return `${open}><${outcome === 'fail' && !known ? 'failure' : 'skipped'} message="${message}"/></testcase>`;
}

/** The document. A run that was stopped has an error in a suite of its own, so that no CI takes it for complete. */
export function toJunit({ cases, levels, durationMs, stopped, failed }: ConformanceReport): string {
  const suites = levels.map((level) => {
    const own = cases.filter((item) => item.level === level);
    const failures = own.filter(({ outcome, known }) => outcome === 'fail' && !known).length;
    const skipped = own.filter(({ outcome, known }) => (outcome !== 'pass' && outcome !== 'fail') || known).length;
    return [`  <testsuite name="care-chat ${level}" tests="${own.length}" failures="${failures}" errors="0" skipped="${skipped}">`, ...own.map(testCase), '  </testsuite>'].join('\n');
  });
  const halt = stopped === null ? [] : [`  <testsuite name="care-chat run" tests="1" failures="0" errors="1" skipped="0">\n    <testcase classname="care-chat.run" name="complete" time="0"><error message="${escape(stopped)}"/></testcase>\n  </testsuite>`];
  const tests = cases.length + halt.length;
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="care-chat conformance" tests="${tests}" failures="${failed}" errors="${halt.length}" time="${(durationMs / 1000).toFixed(3)}">`, ...suites, ...halt, '</testsuites>', ''].join('\n');
}
