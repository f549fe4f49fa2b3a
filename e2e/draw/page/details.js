// What is known of one event, beside the diagram: facts, contents with the changed fields marked,
// who wrote each field, and what else belongs to the same change.

const valueText = (value) =>
    (value === undefined           ? '' :
         typeof value === 'string' ? value :
                                     JSON.stringify(value));

function factTable(facts) {
  const table = html('dl', {class: 'facts'});
  for (const [name, value] of facts) {
    if (value === '' || value === undefined || value === null) continue;
    table.append(html('dt', {}, name), html('dd', {}, String(value)));
  }
  return table;
}

function diffTable([before, after], authors) {
  const changed = new Set(changedFields(before, after));
  const fields = [...new Set([...Object.keys(before || {}), ...Object.keys(after || {})])].sort();
  const authorOf = new Map((authors || []).map((entry) => [entry.field, entry]));
  const table = html(
      'table', {class: 'contents'},
      html(
          'caption', {},
          after ? (before ? 'contents, changed fields marked' : 'contents') :
                  'contents before the delete'));
  for (const field of fields) {
    const old = before ? valueText(before[field]) : '';
    const now = after ? valueText(after[field]) : '';
    const cell = html('td', {});
    if (before && changed.has(field) && old) cell.append(html('del', {}, old), ' ');
    if (now) cell.append(before && changed.has(field) ? html('ins', {}, now) : now);
    const author = authorOf.get(field);
    if (author)
      cell.append(html(
          'small', {},
          ` v${author.version}${
              none.test(author.replica_id) ? '' : ` by ${replicaName(author.replica_id)}`}`));
    table.append(html(
        'tr', {class: changed.has(field) && before ? 'changed' : ''},
        html('th', {scope: 'row'}, field), cell));
  }
  return fields.length ? table : html('p', {}, 'no contents');
}

function recordList(list) {
  const items = list.map(
      (record) => html(
          'details', {},
          html(
              'summary', {},
              `${record.type}/${shortId(record.id)} ${record.deleted ? 'deleted' : ''} ${
                  record.rev ? revText(record.rev) : ''} ${record.note || ''}`),
          html('pre', {}, record.content ? JSON.stringify(record.content, null, 1) : '')));
  return html('div', {class: 'records'}, ...items);
}

function eventButton(event) {
  return html(
      'li', {},
      html(
          'button', {type: 'button', onclick: () => select(event, true)},
          html('time', {}, clockText(event.t)), ` ${event.title}`));
}

// The same change from the edit's freezing to its last answer; else the same record's neighbours.
function storyOf(event) {
  if (event.change) return ['This change', events.filter((other) => other.change === event.change)];
  if (event.message !== undefined) {
    const {sent, copies} = byMessage.get(event.message);
    return ['This message', [sent, ...copies].filter(Boolean)];
  }
  if (event.keys.length !== 1) return ['', []];
  const same = events.filter((other) => other.keys.includes(event.keys[0]));
  const at = same.indexOf(event);
  return ['This record', same.slice(Math.max(0, at - 4), at + 6)];
}

function detailsOf(event) {
  const [name, story] = storyOf(event);
  const key = event.keys.length === 1 ? event.keys[0] : '';
  const parts = [
    html('h3', {}, event.title),
    html(
        'p', {class: 'when'},
        `${clockText(event.t)} · ${event.lane}${
            event.number >= 0 ? ` · event ${event.number}` : ''}`)
  ];
  for (const fault of event.faults)
    parts.push(html('p', {class: 'verdict-bad'}, `${fault.rule}: ${fault.message}`));
  parts.push(factTable(event.facts));
  if (event.diff && (event.diff[0] || event.diff[1]))
    parts.push(diffTable(event.diff, event.fieldAuthors));
  if (event.records) parts.push(recordList(event.records));
  if (key) {
    parts.push(html(
        'button', {
          type: 'button',
          class: 'only',
          onclick: () => filterRecord(wanted.record === key ? '' : key)
        },
        wanted.record === key ? 'Show every record' : 'Show only this record'));
  }
  if (story.length > 1)
    parts.push(html('h4', {}, name), html('ol', {class: 'story'}, ...story.map(eventButton)));
  return parts;
}

function showDetails(item) {
  const panel = document.getElementById('details');
  panel.replaceChildren(...detailsOf(item.first));
  if (item.events.length > 1) {
    panel.prepend(html('p', {class: 'when'}, `${item.events.length} at once; the first of them:`));
    panel.append(
        html('h4', {}, 'All of them'),
        html('ol', {class: 'story'}, ...item.events.map(eventButton)));
  }
}

function showHint() {
  document.getElementById('details').replaceChildren(
      html('h3', {}, 'Nothing is selected'),
      html('p', {}, 'Point at a mark or an arrow, or walk through the diagram with the keyboard.'),
      html(
          'dl', {class: 'facts keys'}, html('dt', {}, '↓ ↑'),
          html('dd', {}, 'next, previous event'), html('dt', {}, '→ ←'),
          html('dd', {}, 'nearest event of the next lane'), html('dt', {}, 'n p'),
          html('dd', {}, 'next, previous of the same record'), html('dt', {}, 'v'),
          html('dd', {}, 'where the next rule breaks'), html('dt', {}, '/'),
          html('dd', {}, 'search'), html('dt', {}, 'Esc'), html('dd', {}, 'let go')));
}
