// The clinic's own script: opens the chat, or a form of it, from buttons in the page, and filters the list of doctors.
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
