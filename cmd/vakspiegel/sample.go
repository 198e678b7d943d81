package main

import (
	"bytes"
	"context"
	_ "embed" // the sample film
	"time"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/review"
)

// sampleFilm is a made-up conversation of 64 s with synthetic voices.
//
//go:embed demo/gesprek.mp4
var sampleFilm []byte

// sampleNotes are noor's notes on it.
var sampleNotes = []review.Note{
	{StartMs: 5_960, EndMs: ms(12_600), Kind: review.Feeling, Body: "Hier hoor ik spanning. De brief is binnengekomen als een klap."},
	{StartMs: 26_850, EndMs: ms(31_810), Kind: review.Strength, Body: "Ik benoem wat ik hoor en vraag wat nu helpt. Dat werkt."},
	{StartMs: 41_230, Kind: review.Question, Body: "Had ik hier eerst moeten samenvatten?"},
	{StartMs: 48_260, EndMs: ms(51_860), Kind: review.Moment, Body: "Wantrouwen: 'De vorige keer belde er niemand.'"},
	{StartMs: 53_060, Kind: review.Alternative, Body: "Meteen samen een tijd in de agenda zetten."},
}

func ms(at int64) *int64 { return &at }

// makeSample walks the product's own way: ask, yes, film, notes.
func (a *App) makeSample(ctx context.Context) error {
	noor, err := a.people.ByLogin(ctx, "noor")
	if err != nil {
		return err
	}
	held := time.Now().Add(-30 * time.Minute)
	conversation, err := a.consent.Open(ctx, consent.NewConversation{
		OwnerID: noor.ID, HeldAt: held, Label: "voorbeeld: de brief", Others: []consent.NewParticipant{{Role: consent.Citizen}},
	})
	if err != nil {
		return err
	}
	catalogue := a.api.Texts.Consent("nl")
	err = a.consent.Yes(ctx, conversation.Participants[0].ID, consent.Answer{
		Scopes: consent.Scopes{consent.Coach}, Method: "own_device",
		TextVersion: catalogue.Version, TextHash: catalogue.Hash, Language: catalogue.Language,
	})
	if err != nil {
		return err
	}
	recordingID, err := a.media.Import(ctx, noor.Actor(), media.NewUpload{
		ConversationID: conversation.ID.String(), Filename: "gesprek.mp4", Filetype: "video/mp4",
		StartedAt: time.Now().UTC().Format(time.RFC3339), Length: int64(len(sampleFilm)),
	}, bytes.NewReader(sampleFilm))
	if err != nil {
		return err
	}
	for _, note := range sampleNotes {
		note.Visibility = review.Self
		if _, err := a.review.Create(ctx, noor.Actor(), recordingID, note); err != nil {
			return err
		}
	}
	return nil
}
