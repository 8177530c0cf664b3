/** Gives the person a file to keep, made in the page: nothing is asked of a server, and no policy of a page stands against it. */
export function saveFile(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Engines read it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
