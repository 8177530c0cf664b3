/** A file that a person picked becomes FHIR's Attachment. */
import type { Attachment } from '../questionnaire/form.js';

/** Reads the whole file; check its size first. */
export function readFile(file: File): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.onload = () => resolve({ data: String(reader.result).split(',')[1] ?? '', size: file.size, title: file.name, ...(file.type !== '' && { contentType: file.type }) });
    reader.readAsDataURL(file);
  });
}
