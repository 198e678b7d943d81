// web/package-lock.json belongs to web/package.json, and names no download
// address (`npm ci` would check the first; the Makefile says why it is not used).
import { readFileSync } from 'node:fs'

const [manifest, lock] = ['package.json', 'package-lock.json'].map(name => JSON.parse(readFileSync(`web/${name}`, 'utf8')))
const faults = []

for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
  const [wanted, locked] = [manifest[kind] ?? {}, lock.packages[''][kind] ?? {}]
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
    if (wanted[name] !== locked[name]) faults.push(`${name}: package.json says ${wanted[name]}, package-lock.json ${locked[name]}`)
    else if (!lock.packages[`node_modules/${name}`]) faults.push(`${name}: not in package-lock.json`)
  }
}
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path && !entry.integrity) faults.push(`${path}: no checksum`)
  if (entry.resolved) faults.push(`${path}: names a download address`)
}

for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)
