/** The chunk `cobrowse-recorder`: what looks at the page. Loaded after the patient's Allow, and alone: nothing in it knows how to read a value. */
export { checkConfig } from '../../cobrowse/record/config.js';
export { createRecorder } from '../../cobrowse/record/recorder.js';
