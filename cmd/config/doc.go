// Package config reads the settings of an installation from the environment
// and refuses those it cannot run with safely, each with a sentence that says
// how to mend it. Nothing has a default that switches a protection off.
package config
