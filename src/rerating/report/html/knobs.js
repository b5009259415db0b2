// The capital programme of rerating.measures.capex_programme for one scenario, and the knobs that move its inputs.
"use strict";

const QUARTER = 0.25;

function zeros(length) { return new Array(length).fill(0); }

// The part (in years) of the quarter of age that starts at `start` which lies in [low, high], and its middle.
function overlap(start, low, high) {
  const first = Math.max(start, low), last = Math.min(start + QUARTER, high);
  return [Math.max(last - first, 0), 0.5 * (first + last)];
}

// `amount` at `years` of age, shared between the two quarter ends around it.
function placed(rows, years, amount) {
  const at = years * 4;
  return zeros(rows).map((_, node) => Math.max(0, 1 - Math.abs(node - at)) * amount);
}

function added(into, from) { for (let i = 0; i < from.length; i++) into[i] += from[i]; }

function vintage(programme, x, ages) {
  const life = x["life." + programme.earning], share = x["share." + programme.earning];
  const lag = x.lag, service = life * (1 + programme.renewals), end = lag + service;
  const value = zeros(ages), fixed = zeros(ages), depreciation = zeros(ages), outlay = zeros(ages + 1);
  let left = 0;
  for (let age = 0; age < ages; age++) {
    const [present, middle] = overlap(age * QUARTER, lag, end);
    const ramped = x.ramp > 0 ? Math.min(1, (middle - lag) / x.ramp) : 1;
    const use = x.utilisation_start + (x.utilisation - x.utilisation_start) * ramped;
    value[age] = share * x.revenue_per_capex * present * use * Math.pow(1 - x.price_deflation, Math.max(middle, 0));
    fixed[age] = x.fixed_cost * present;
  }
  for (let generation = 0; generation <= programme.renewals; generation++) {
    const cost = share * Math.pow(1 - x.equipment_deflation, generation * life);
    for (let age = 0; age < ages; age++) {
      depreciation[age] += cost / life * overlap(age * QUARTER, lag + generation * life, lag + (generation + 1) * life)[0];
    }
    if (generation) added(outlay, placed(ages + 1, generation * life, cost));
  }
  for (const name of programme.assets) {
    if (name === programme.earning) continue;
    const own = x["life." + name], part = x["share." + name];
    for (let age = 0; age < ages; age++) depreciation[age] += part / own * overlap(age * QUARTER, lag, end)[0];
    for (let turn = 1; turn < Math.ceil(service / own - 1e-9); turn++) {
      if (turn * own < service - 1e-9) added(outlay, placed(ages + 1, turn * own, part));
    }
    left += part * (Math.ceil(service / own - 1e-9) - service / own);
  }
  const ending = placed(ages + 1, Math.min(Math.max(end, QUARTER), ages * QUARTER), 1).slice(1);
  return { value, fixed, depreciation, outlay, rest: ending.map((weight) => weight * left) };
}

function sum(list) { return list.reduce((total, item) => total + item, 0); }

function summed(byAge, weights, rows, first) {
  const total = zeros(rows);
  weights.forEach((weight, late) => byAge.forEach((item, age) => { total[first + late + age] += weight * item; }));
  return total;
}

function outcome(programme, inputs) {
  const x = Object.assign({}, inputs);
  const shares = sum(programme.assets.map((name) => x["share." + name]));
  for (const name of programme.assets) x["share." + name] /= shares;
  const service = x["life." + programme.earning] * (1 + programme.renewals);
  const ages = Math.max(1, Math.ceil(4 * (x.lag + service) - 1e-9));
  const first = programme.prepaid_quarters, rows = first + programme.spend.length - 1 + ages;
  const one = vintage(programme, x, ages);
  let cost = x.cost_ratio;
  if (cost === undefined) {
    const load = sum(one.value) > 0 ? (sum(one.fixed) + sum(one.depreciation)) / sum(one.value) : 1e9;
    cost = Math.max(0, 1 - x.margin - load);
  }
  const perQuarter = Math.pow((1 - x.price_deflation) / (1 - x.equipment_deflation), QUARTER);
  const plain = programme.spend.map((part) => x.budget * part);
  const priced = plain.map((weight, late) => weight * Math.pow(perQuarter, late));
  const value = summed(one.value, priced, rows, first), depreciation = summed(one.depreciation, plain, rows, first);
  const fixed = summed(one.fixed, plain, rows, first), rest = summed(one.rest, plain, rows, first);
  const outside = (1 - x.displaced) * (1 - x.internal_use);
  const kept = (1 - x.displaced) * (1 - x.internal_use * (1 - x.internal_value) - cost);
  const outlays = summed(one.outlay, plain, rows + 1, first);
  plain.forEach((weight, late) => {
    outlays[first + late] += weight * (1 - x.prepaid);
    outlays[late] += weight * x.prepaid;
  });
  const flows = outlays.map((item) => -item);
  let tied = 0;
  for (let t = 0; t <= rows; t++) {
    const needed = t < rows ? outside * 4 * value[t] * x.working_capital : 0;
    flows[t] -= needed - tied;
    tied = needed;
    if (t === rows) break;
    const ebita = kept * value[t] - fixed[t] - depreciation[t];
    const base = ebita - (1 - x.residual) * rest[t];
    const tax = x.tax_rate * (base > 0 ? base : x.loss_use * base);
    flows[t + 1] += ebita + depreciation[t] - tax + x.residual * rest[t];
  }
  const factor = Math.pow(1 + x.discount_rate, -QUARTER);
  const discounted = flows.map((item, t) => item * Math.pow(factor, t));
  return {
    npv: sum(discounted), irr: rateOfReturn(flows), payback: payback(flows),
    discounted_payback: payback(discounted), flows,
  };
}

// Years until the running sum is first no longer negative; null where it never is.
function payback(flows) {
  let total = 0;
  for (let t = 0; t < flows.length; t++) {
    if (total + flows[t] >= 0) return t === 0 ? 0 : (t - 1 + -total / flows[t]) * QUARTER;
    total += flows[t];
  }
  return null;
}

function worth(flows, x) { return flows.reduceRight((total, item) => total * x + item, 0); }

function changes(list) {
  let last = 0, count = 0;
  for (const item of list) {
    const sign = Math.sign(item);
    if (sign && last && sign !== last) count += 1;
    if (sign) last = sign;
  }
  return count;
}

// The one yearly rate at which the flows are worth nothing; null where there is none or more than one.
function rateOfReturn(flows) {
  let low = Math.pow(101, -QUARTER);
  let high = Math.min(Math.pow(0.01, -QUARTER), Math.pow(10, 250 / flows.length));
  let running = 0;
  const behind = flows.map((item) => (running += item) < 0);
  const crossings = behind.filter((item, t) => t > 0 && item !== behind[t - 1]).length;
  const single = behind[0] && !behind[behind.length - 1] && crossings === 1;
  if (!single && changes(flows) !== 1) {
    const step = Math.pow(high / low, 1 / 399), found = [];
    for (let place = 0, x = low; place < 399; place++, x *= step) {
      if (Math.sign(worth(flows, x)) * Math.sign(worth(flows, x * step)) < 0) found.push([x, x * step]);
    }
    if (found.length !== 1) return null;
    [low, high] = found[0];
  }
  const start = Math.sign(worth(flows, low));
  if (start * Math.sign(worth(flows, high)) >= 0) return null;
  for (let turn = 0; turn < 200; turn++) {
    const middle = 0.5 * (low + high);
    if (Math.sign(worth(flows, middle)) === start) low = middle; else high = middle;
  }
  return Math.pow(0.5 * (low + high), -4) - 1;
}

function knobs(document) {
  const data = JSON.parse(document.getElementById("programme").textContent);
  const number = (digits) => {
    const format = new Intl.NumberFormat(data.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return { format: (value) => format.format(value).replace("-", "\u2212") };
  };
  const percent = (value, digits) => number(digits).format(value * 100) + data.percent;
  const written = {
    ratio: (value) => percent(value, 1),
    years: (value) => number(2).format(value),
    money: (value) => number(1).format(value / data.scale),
  };
  const values = Object.assign({}, data.base);
  const show = () => {
    const found = outcome(data.programme, values);
    const lines = {
      irr: found.irr === null ? data.none : percent(found.irr, 2),
      payback: found.payback === null ? data.none : number(2).format(found.payback),
      discounted_payback: found.discounted_payback === null ? data.none : number(2).format(found.discounted_payback),
      npv: number(2).format(found.npv / data.scale),
    };
    for (const [name, line] of Object.entries(lines)) document.getElementById("out-" + name).textContent = line;
    document.getElementById("outcome").dataset.values = JSON.stringify({
      irr: found.irr, payback: found.payback, discounted_payback: found.discounted_payback, npv: found.npv,
    });
  };
  for (const knob of document.querySelectorAll("input[data-input]")) {
    const output = document.getElementById("value-" + knob.id);
    const moved = () => {
      values[knob.dataset.input] = Number(knob.value);
      output.textContent = written[knob.dataset.unit](values[knob.dataset.input]);
      show();
    };
    knob.addEventListener("input", moved);
    output.textContent = written[knob.dataset.unit](Number(knob.value));
  }
  document.getElementById("reset").addEventListener("click", () => {
    for (const knob of document.querySelectorAll("input[data-input]")) {
      knob.value = knob.defaultValue;
      values[knob.dataset.input] = data.base[knob.dataset.input];
      document.getElementById("value-" + knob.id).textContent = written[knob.dataset.unit](Number(knob.value));
    }
    show();
  });
  show();
}

if (typeof document !== "undefined") knobs(document);
if (typeof module !== "undefined") module.exports = { outcome };
