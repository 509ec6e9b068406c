package intake

import (
	"context"
	"errors"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// damaged looks at the database itself: whether SQLite finds it whole, indexes
// included, and whether it is laid out as this program lays it out.
func damaged(ctx context.Context, s *store.Store) (d *Difference) {
	err := s.Snapshot(ctx, func(tx *store.Reader) error {
		found, err := tx.Integrity()
		if err != nil || found != "" {
			if found != "" {
				d = damage(found)
			}
			return err
		}
		plain, err := store.OpenScratch(tx)
		if err != nil {
			return err
		}
		what, name, err := tx.SchemaDifference(plain.Writer().Reader)
		if what != "" {
			d = laidOut(what, name)
		} else if err == nil {
			d, err = stepped(tx, plain.Writer().Reader)
		}
		return errors.Join(err, plain.Close())
	})
	if d == nil && store.IsDamaged(err) {
		d = damage(err.Error())
	}
	return d // another error comes again with what is read next
}

// stepped compares what the database says of its own making with a fresh one.
func stepped(mine, fresh *store.Reader) (*Difference, error) {
	is, err := mine.Steps()
	if err != nil {
		return nil, err
	}
	ought, err := fresh.Steps()
	if err != nil || is == ought {
		return nil, err
	}
	return &Difference{Where: "schema", ZH: "数据库记着的升级步骤与本程序的不同：它被改动过，或由更新的程序打开过。请从最近的备份恢复，或改用较新的程序。",
		EN: "The steps by which the database was brought up to this version, as it says itself, are not this program's: they were changed, or a newer program opened it. Restore the latest backup, or use the newer program."}, nil
}

func damage(found string) *Difference {
	return &Difference{Where: "database", ZH: "数据库文件已损坏或被改写：其中的内容或索引互相不符。请停用本文件夹，从最近的备份恢复。",
		EN: "The database file is damaged or was written to by another program: its contents or indexes do not fit together. Stop using this folder and restore the latest backup. (" + found + ")"}
}

func laidOut(what, name string) *Difference {
	zh := map[string]string{"table": "数据表", "index": "索引", "trigger": "触发器", "view": "视图"}[what]
	if what == "trigger" {
		return &Difference{Where: "schema", ZH: "数据库里有本程序没有的触发器：它会在写入时暗中改动或丢弃内容。请停用本文件夹，从最近的备份恢复。",
			EN: "The database has a trigger that this program did not make, " + name + ": it changes or swallows what is written. Stop using this folder and restore the latest backup."}
	}
	return &Difference{Where: "schema", ZH: "数据库的结构被改动过：有一个" + zh + "与本程序建立的不同、缺失或多出。请停用本文件夹，从最近的备份恢复。",
		EN: "The layout of the database was changed: the " + what + " " + name + " is missing, is not as this program makes it, or is one too many. Stop using this folder and restore the latest backup."}
}
