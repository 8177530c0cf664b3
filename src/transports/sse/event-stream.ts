/** Reads server-sent events from text that comes in pieces (HTML, "Interpreting an event stream"), as far as frames need it: the data of each event. */

/** Takes pieces; calls `onData` once per event that has data. */
export function createEventStreamReader(onData: (data: string) => void): (piece: string) => void {
  let rest = '';
  let data: string[] = [];
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
    } else if (text.startsWith('data:')) data.push(text.slice(text[5] === ' ' ? 6 : 5));
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const text of lines) line(text);
  };
}
