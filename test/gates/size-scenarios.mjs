/**
 * What a visitor or a nurse loads in each situation, by the names of lazy chunks. A chunk brings the chunks it needs along; what an earlier
 * step of the same situation has loaded is not counted twice. Budgets are promises of the product: lower them, never raise them.
 */

const kib = (count) => count * 1024;

/** The scenarios that the built graph allows: name, files, budget. */
export const scenarios = (graphs) => {
  const tag = graphs['care-chat'];
  const desk = graphs['care-desk'];
  const chunk = (graph, name) => {
    const files = graph.chunks[name];
    if (files === undefined) throw new Error(`there is no lazy chunk ${name}; there are ${Object.keys(graph.chunks).join(', ')}`);
    return files;
  };
  const conversation = [...chunk(tag, 'core'), ...chunk(tag, 'panel')];
  const without = (files, known) => files.filter((file) => !known.includes(file));
  const form = chunk(tag, 'form');
  // A form needs its engine, and one of two manners to be asked in; the symptom checker needs them too, and is opened from the views before a conversation.
  const onForm = ['form-page', 'form-talk', 'expressions', 'checker'];
  const beforeForm = [...conversation, ...chunk(tag, 'start'), ...form];
  // Loaded after the patient's Allow, when the question is there.
  const onQuestion = { cobrowse: 6, 'cobrowse-recorder': 6, 'cobrowse-propose': 2 };
  const beforeAllow = [...conversation, ...chunk(tag, 'cobrowse-ask')];
  const named = ['core', 'panel', ...onForm, ...Object.keys(onQuestion)];
  const others = Object.keys(tag.chunks).filter((name) => !named.includes(name));
  return [
    { name: 'tag, before the visitor shows intent', files: [tag.entry], budgetBytes: 5 * 1024, maxRequests: 1 },
    { name: 'conversation (returning, English, no form)', files: conversation, budgetBytes: kib(32) },
    // 16 KiB until tabs shared a connection and WebSockets could be done without: both begin in the core.
    { name: 'unread count after idle (core alone)', files: chunk(tag, 'core'), budgetBytes: kib(17) },
    ...others.map((name) => ({ name: `${name}, on top of the conversation`, files: without(chunk(tag, name), conversation), budgetBytes: kib(name.startsWith('locale') ? 5 : name === 'red-flags' ? 4 : 14) })),
    ...onForm.map((name) => ({ name: `${name}, on top of the form`, files: without(chunk(tag, name), beforeForm), budgetBytes: kib({ checker: 12, expressions: 12, 'form-page': 8, 'form-talk': 11 }[name]) })),
    ...Object.entries(onQuestion).map(([name, budget]) => ({ name: `${name}, on top of the question`, files: without(chunk(tag, name), beforeAllow), budgetBytes: kib(budget) })),
    { name: 'questionnaire engine alone, no expressions', files: ['questionnaire.js'], budgetBytes: kib(12) },
    { name: 'co-browse recorder, on top of the core', files: ['cobrowse-recorder.js'], budgetBytes: kib(5) },
    { name: 'desk, all before sign-in', files: [desk.entry], budgetBytes: kib(90), maxRequests: 1 },
    ...Object.keys(desk.chunks).map((name) => ({ name: `desk ${name}`, files: desk.chunks[name], budgetBytes: kib(16) })),
    { name: 'desk, everything', files: [desk.entry, ...Object.values(desk.chunks).flat()], budgetBytes: kib(90) },
  ];
};
