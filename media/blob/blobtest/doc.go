// Package blobtest tests stores: the suite that every implementation passes
// ([Run]), a real MinIO ([MinIO], [StartServer]), every store in turn ([Each]),
// and a store that fails on demand ([Faulty]).
package blobtest
