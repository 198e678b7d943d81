package review

import "vakspiegel/policies"

// Holdings declares what this room stores (trust.md 2).
var Holdings = []policies.Stored{
	{
		Name:   "annotations",
		Holds:  "Dat er bij een opname een notitie is: van wie, waar in de film, van welke soort, en op welke notitie het een reactie is.",
		About:  "De klantmanager en wie meekeek.",
		SeenBy: "De schrijver; wie in een sessie meekijkt als de schrijver dat wil.",
		Kept:   "Even lang als de opname.",
		Erased: "Gaat samen met de opname weg. Wat de schrijver verwijdert is meteen uit beeld en twaalf seconden later, als het niet is teruggezet, met de reacties erop uit de database.",
	},
	{
		Name:   "annotations.sealed",
		Holds:  "De woorden van een notitie, haar thema's en welk raakmoment het is, versleuteld onder de sleutel van de opname.",
		About:  "De klantmanager, en over wie de notitie gaat.",
		SeenBy: "De schrijver; wie in een sessie meekijkt als de schrijver dat wil.",
		Kept:   "Even lang als de opname.",
		Erased: "De sleutel wordt vernietigd en de rij verwijderd; oude kopieën van de database zijn daarna onleesbaar.",
	},
	{
		Name:   "next_steps",
		Holds:  "Dat iemand een voornemen heeft en wat ervan werd (open, geprobeerd, losgelaten). Niet bij welke opname, en niet wanneer.",
		About:  "Wie het voornemen schreef.",
		SeenBy: "Niemand anders dan wie het schreef.",
		Kept:   "Tot wie het schreef het verwijdert; het blijft als een opname wordt gewist.",
		Erased: "De rij wordt verwijderd.",
	},
	{
		Name:   "next_steps.sealed",
		Holds:  "De woorden van een voornemen, een datum als die is gewenst, en wat diegene merkte; versleuteld onder een eigen sleutel per voornemen.",
		About:  "Wie het voornemen schreef; het formulier vraagt geen namen te schrijven en niets over de inwoner.",
		SeenBy: "Niemand anders dan wie het schreef.",
		Kept:   "Tot wie het schreef het verwijdert; het blijft als een opname wordt gewist.",
		Erased: "De sleutel wordt vernietigd en de rij verwijderd; oude kopieën van de database zijn daarna onleesbaar.",
	},
	{
		Name:   "look_backs",
		Holds:  "Dat iemand op een opname terugkijkt, en wanneer dat voor het laatst was.",
		About:  "De klantmanager.",
		SeenBy: "Niemand anders dan wie terugkijkt.",
		Kept:   "Even lang als de opname.",
		Erased: "Gaat samen met de opname weg.",
	},
	{
		Name:   "look_backs.sealed",
		Holds:  "Waar iemand in de film was, wat diegene is bijgebleven, waarmee die begon en een voornemen zolang het wordt getypt, versleuteld onder de sleutel van de opname.",
		About:  "De klantmanager, en over wie de herinnering gaat.",
		SeenBy: "Niemand anders dan wie terugkijkt.",
		Kept:   "Even lang als de opname.",
		Erased: "De sleutel wordt vernietigd en de rij verwijderd; oude kopieën van de database zijn daarna onleesbaar.",
	},
	{
		Name:   "learning_lists",
		Holds:  "De raakmomenten, codes en kijkwijzers van de organisatie, per versie, en wie van het beheer die uitgaf. Niets over een gesprek.",
		About:  "Alleen de functioneel beheerder die een versie uitgaf.",
		SeenBy: "De lijsten: alle medewerkers. Wie ze uitgaf: het logboek.",
		Kept:   "Zolang Vakspiegel in gebruik is: ook een oudere versie hoort nog bij wat ermee is ingevuld.",
		Erased: "Wordt niet gewist; de database weigert dat.",
	},
	{
		Name:   "fragments",
		Holds:  "Welk stuk van een film de klantmanager koos om later samen te bekijken: van waar tot waar.",
		About:  "De klantmanager.",
		SeenBy: "Alleen de klantmanager.",
		Kept:   "Even lang als de opname, of tot de klantmanager het stuk weghaalt.",
		Erased: "Gaat samen met de opname weg.",
	},
	{
		Name:   "fragments.sealed",
		Holds:  "De titel van zo'n stuk en waarom het gekozen is, versleuteld onder de sleutel van de opname.",
		About:  "De klantmanager, en over wie de woorden gaan.",
		SeenBy: "Alleen de klantmanager.",
		Kept:   "Even lang als de opname, of tot de klantmanager het stuk weghaalt.",
		Erased: "De sleutel wordt vernietigd en de rij verwijderd; oude kopieën van de database zijn daarna onleesbaar.",
	},
}
