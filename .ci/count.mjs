// Counts what the test runners themselves reported, and adds it up.
//
//   go test -json … | node .ci/count.mjs go DIR     shows packages and failures, writes DIR/go.json
//   node .ci/count.mjs vitest FILE DIR              reads vitest's JSON report
//   node .ci/count.mjs playwright FILE DIR          reads Playwright's JSON report
//   node .ci/count.mjs total DIR                    prints "N passed, N failed", the last line
//
// A skipped test counts as failed: nothing is skipped silently here. A runner
// that left no report, or ran no test, counts as one failure.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const runners = ['go', 'vitest', 'playwright']

function save(dir, runner, passed, failed, skipped, note = '') {
  if (passed + failed + skipped === 0) failed = 1
  writeFileSync(join(dir, `${runner}.json`), JSON.stringify({ passed, failed: failed + skipped }))
  const rest = (skipped ? `, ${skipped} skipped (counted as failed)` : '') + note
  console.log(`${runner}: ${passed} passed, ${failed} failed${rest}`)
}

// GoPackage collects one package's events until its own verdict comes.
class GoPackage {
  constructor(name) {
    this.name = name
    this.verdicts = new Map() // test name → pass | fail | skip
    this.output = new Map() // test name, '' for the package → lines
  }

  add(event) {
    const test = event.Test ?? ''
    if (event.Action === 'output') {
      this.output.set(test, (this.output.get(test) ?? '') + event.Output)
    } else if (test && ['pass', 'fail', 'skip'].includes(event.Action)) {
      this.verdicts.set(test, event.Action)
      if (event.Action === 'pass') this.output.delete(test)
    }
  }

  // count counts a test by its innermost subtests; a parent that fails on its
  // own account counts too.
  count() {
    const parents = { any: new Set(), failing: new Set() }
    for (const [test, verdict] of this.verdicts) {
      for (let at = test.lastIndexOf('/'); at > 0; at = test.lastIndexOf('/', at - 1)) {
        parents.any.add(test.slice(0, at))
        if (verdict !== 'pass') parents.failing.add(test.slice(0, at))
      }
    }
    const counted = { pass: 0, fail: 0, skip: 0 }
    for (const [test, verdict] of this.verdicts) {
      const answeredFor = verdict === 'pass' ? parents.any.has(test) : parents.failing.has(test)
      if (!answeredFor) counted[verdict]++
    }
    return counted
  }
}

async function countGo(dir) {
  const total = { pass: 0, fail: 0, skip: 0 }
  const packages = new Map()
  for await (const line of createInterface({ input: process.stdin })) {
    let event
    try {
      event = JSON.parse(line)
    } catch {
      console.log(line)
      continue
    }
    if (event.Action === 'build-output') process.stdout.write(event.Output)
    if (!event.Package) continue
    if (!packages.has(event.Package)) packages.set(event.Package, new GoPackage(event.Package))
    const pkg = packages.get(event.Package)
    pkg.add(event)
    if (event.Test || !['pass', 'fail', 'skip'].includes(event.Action)) continue
    packages.delete(event.Package)
    closeGoPackage(pkg, event, total)
  }
  for (const pkg of packages.values()) closeGoPackage(pkg, { Action: 'fail', Elapsed: 0 }, total)
  save(dir, 'go', total.pass, total.fail, total.skip)
}

function closeGoPackage(pkg, event, total) {
  const counted = pkg.count()
  if (event.Action === 'fail' && counted.fail === 0) counted.fail = 1 // it did not build, or died outside a test
  for (const verdict of Object.keys(total)) total[verdict] += counted[verdict]
  if (event.Action === 'fail' || counted.skip > 0) {
    for (const text of pkg.output.values()) process.stdout.write(text)
  }
  if (event.Action === 'skip' && counted.skip === 0) return // a package without tests
  const word = event.Action === 'fail' ? 'FAIL' : 'ok  '
  console.log(`${word} ${pkg.name}  ${counted.pass} tests, ${event.Elapsed ?? 0} s`)
}

function countVitest(file, dir) {
  if (!existsSync(file)) return save(dir, 'vitest', 0, 1, 0, ' (no report)')
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const broken = report.testResults.filter(r => r.status === 'failed' && r.assertionResults.length === 0)
  const skipped = report.numPendingTests + report.numTodoTests
  save(dir, 'vitest', report.numPassedTests, report.numFailedTests + broken.length, skipped)
}

function countPlaywright(file, dir) {
  if (!existsSync(file)) return save(dir, 'playwright', 0, 1, 0, ' (no report)')
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'))
  const note = stats.flaky ? `, ${stats.flaky} of them only at a second try` : ''
  save(dir, 'playwright', stats.expected + stats.flaky, stats.unexpected + errors.length, stats.skipped, note)
}

function total(dir) {
  const sum = { passed: 0, failed: 0 }
  for (const runner of runners) {
    const file = join(dir, `${runner}.json`)
    const counted = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 }
    if (!existsSync(file)) console.log(`${runner}: did not run, counted as one failure`)
    sum.passed += counted.passed
    sum.failed += counted.failed
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exitCode = sum.failed === 0 ? 0 : 1
}

const [command, ...args] = process.argv.slice(2)
const commands = { go: countGo, vitest: countVitest, playwright: countPlaywright, total }
if (!commands[command]) throw new Error(`unknown command ${command}`)
await commands[command](...args)
