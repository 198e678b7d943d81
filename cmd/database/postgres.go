package database

import (
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// maxConns leaves room for several replicas under PostgreSQL's default of 100.
const maxConns = 20

func openPostgres(dsn string) (*gorm.DB, error) {
	config := gormConfig()
	config.DisableAutomaticPing = true
	db, err := gorm.Open(postgres.Open(dsn), config)
	if err != nil {
		return nil, err
	}
	conn, err := db.DB()
	if err != nil {
		return nil, err
	}
	conn.SetMaxOpenConns(maxConns)
	conn.SetMaxIdleConns(maxConns / 2)
	conn.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}
