// Sets a state of answers, visits every screen, and tells what is seen on each: 1 or 0 per item, in the order of `items`.
// An item is an option (seen as its label), a list, a text, a link, or a message.
const [answers, fragments] = arguments;
const form = document.getElementById('enkat');
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
if (!window.items) {
  window.items = [];
  const add = (kind, name, value, element) => window.items.push({ kind, name, value, element });
  for (const field of form.querySelectorAll('section [name]:not([type=hidden]):not(button)')) {
    const option = field.type == 'radio' || field.type == 'checkbox';
    add(option ? 'option' : 'control', field.name, option ? field.value : '', option ? field.labels[0] : field);
  }
  for (const link of form.querySelectorAll('.go a, .acts a')) {
    const kind = link.matches('.primary') ? 'next' : 'back';
    add(kind, link.closest('section').id, link.getAttribute('href').slice(1), link);
  }
  for (const kind of ['u', 'limit', 'na', 'send', 'change']) {
    for (const element of form.querySelectorAll('.' + kind)) {
      add(kind, element.closest('[id]').id, '', element);
    }
  }
}
for (const field of form.querySelectorAll('[type=radio], [type=checkbox]')) {
  field.checked = (answers[field.name] || []).includes(field.value);
}
for (const field of form.querySelectorAll('[type=text], textarea, select')) {
  field.value = (answers[field.name] || [])[0] ?? '';
}
for (const details of form.querySelectorAll('details')) details.open = true;
const screens = fragments.map((fragment) => {
  location.hash = fragment;
  return window.items.map((item) => (seen(item.element) ? '1' : '0')).join('');
});
return {
  items: window.items.map(({ kind, name, value }) => [kind, name, value]),
  screens,
  body: new URLSearchParams(new FormData(form)).toString(),
};
