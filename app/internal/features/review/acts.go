package review

import (
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Acts are the acts of reviewing.
var Acts = []act.Any{putUp, seated, declared, judged, planSet}

// Tables are what they fill; call-backs' draws are kept among the draws too.
var Tables = []string{"draws", "reviews", "review_seats", "review_declarations", "review_plans"}

func invalid(field, zh, en string) error {
	return fault.InvalidFields("review", "填写的内容有误。请按提示更正后再提交。", "Something is wrong in what you filled in. Correct what is named and send it again.",
		fault.Field{Name: field, ZH: zh, EN: en})
}

// ErrNoReview is what is told of a review that one has no part in, the same as
// of one that does not exist.
var ErrNoReview = fault.New(fault.NotFound, "unknown_review", "没有这项评议，或未分配给您。请刷新列表。", "There is no such review, or it is not assigned to you. Reload the list.", nil)

var (
	errReviewed = fault.New(fault.Conflict, "reviewed_already", "已经交过评议的不能再次评议。请刷新。",
		"What was put up for review before is not reviewed again. Reload.", nil)
	errDeclared    = fault.New(fault.Conflict, "declared_already", "您已声明过是否回避。", "You have declared your interest already.", nil)
	errLeft        = fault.New(fault.Conflict, "seat_left", "当时您不在任，这项评议已转交别的监督员。谢谢您。", "You were not serving at the time, and another has taken over this review. Thank you.", nil)
	errNotDeclared = fault.New(fault.Conflict, "declare_first", "请先声明与本件有无利害关系。", "First declare whether you have an interest in this.", nil)
)
