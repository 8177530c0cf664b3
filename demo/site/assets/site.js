// The clinic's own script: opens the chat, or a form of it, from buttons in the page, filters the list of doctors, and keeps the demonstration's forms from being sent.
for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.addEventListener('click', () => (globalThis.careChat ??= []).push(['open']));
}
// A form of the clinic by its name, in place of the questions before a chat.
for (const button of document.querySelectorAll('[data-open-form]')) {
  button.addEventListener('click', () => (globalThis.careChat ??= []).push(['startConversation', { form: button.dataset.openForm }]));
}

const filter = document.querySelector('[data-filter-people]');
filter?.addEventListener('change', () => {
  const people = [...document.querySelectorAll('.person')];
  for (const person of people) person.hidden = !person.textContent.includes(filter.value);
  const shown = people.filter((person) => !person.hidden).length;
  document.querySelector('[data-filter-count]').textContent = `${shown} of ${people.length} shown`;
});

// The words are in the page from the start, so that the nurse may see them in co-browsing: what a script writes after the patient's first input stays a bar.
for (const form of document.querySelectorAll('[data-demo-form]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.querySelector('[data-demo-sent]').hidden = false;
  });
}
