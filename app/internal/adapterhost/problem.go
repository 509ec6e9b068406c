package adapterhost

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Problem is an error for the clerk: what is wrong and what to do, in both
// languages.
type Problem struct {
	ZH, EN string
	Fields []*adapterv1.FieldError // wrong fields of the configuration
	state  State                   // Refused or Failed where trying again is no use
	quotes bool                    // the adapter's own words, which may name people
	cause  error
}

// Error is the English sentence.
func (p *Problem) Error() string { return p.EN }

// forLog is what a log may have of it: not the adapter's own words, which stand in
// the adapter's log.
func (p *Problem) forLog() []any {
	if p.quotes {
		return []any{"problem", "the adapter reports an error; its words are in its own log", "code", status.Code(p.cause).String()}
	}
	return []any{"problem", p.EN, "cause", p.cause}
}

// then adds what the host does about it.
func (p *Problem) then(zh, en string) *Problem {
	next := *p
	next.ZH, next.EN = strings.TrimSpace(p.ZH)+zh, strings.TrimSpace(p.EN)+" "+en
	return &next
}

// Unwrap is the technical cause, nil if there is none.
func (p *Problem) Unwrap() error { return p.cause }

func refused(path string, cause error) *Problem {
	return &Problem{
		ZH:    fmt.Sprintf("数据接口程序 %s 与登记的校验值不符，已拒绝启动。程序可能被改动或已升级：请核实来源后重新登记。", path),
		EN:    fmt.Sprintf("The adapter program %s does not match its registered checksum and was not started. It may have been altered or upgraded: check where it comes from, then register it again.", path),
		state: Refused, cause: cause,
	}
}

func unreachableProgram(path string, cause error) *Problem {
	return &Problem{
		ZH:    fmt.Sprintf("无法读取数据接口程序 %s，请检查文件是否存在、是否有权限。", path),
		EN:    fmt.Sprintf("The adapter program %s cannot be read. Check that the file is there and may be read and run.", path),
		state: Failed, cause: cause,
	}
}

func notStarted(cause error) *Problem {
	return &Problem{
		ZH:    fmt.Sprintf("数据接口未能启动（%v）。如再次出现，请查看日志并联系数据接口的提供方。", cause),
		EN:    fmt.Sprintf("The adapter did not start (%v). If it happens again, look at its log and ask its supplier.", cause),
		cause: cause,
	}
}

func exited(how string, cause error) *Problem {
	return &Problem{
		ZH:    fmt.Sprintf("数据接口进程意外退出（%s）。如再次出现，请查看日志并联系数据接口的提供方。", how),
		EN:    fmt.Sprintf("The adapter's process ended unexpectedly (%s). If it happens again, look at its log and ask its supplier.", how),
		cause: cause,
	}
}

func hung(cause error) *Problem {
	return &Problem{
		ZH:    "数据接口没有响应，已被结束。如再次出现，请查看日志并联系数据接口的提供方。",
		EN:    "The adapter did not answer and was ended. If it happens again, look at its log and ask its supplier.",
		cause: cause,
	}
}

// tooMuch is the Problem of an adapter that goes beyond its limits, nil for none.
func tooMuch(l Limits, use func() (processes int, memory int64)) *Problem {
	processes, memory := use()
	switch {
	case processes > l.Processes:
		return &Problem{
			ZH: fmt.Sprintf("数据接口开了 %d 个进程，上限为 %d，已被结束。请把这句话告诉数据接口的提供方。", processes, l.Processes),
			EN: fmt.Sprintf("The adapter runs %d processes where %d are allowed, and was ended. Tell its supplier this sentence.", processes, l.Processes),
		}
	case memory > l.Memory:
		return &Problem{
			ZH: fmt.Sprintf("数据接口占用内存 %d MB，上限为 %d MB，已被结束。请把这句话告诉数据接口的提供方。", memory>>20, l.Memory>>20),
			EN: fmt.Sprintf("The adapter uses %d MB of memory where %d MB are allowed, and was ended. Tell its supplier this sentence.", memory>>20, l.Memory>>20),
		}
	}
	return nil
}

func wrongConfiguration(fields []*adapterv1.FieldError) *Problem {
	var zh, en []string
	for _, f := range fields {
		zh = append(zh, short(strings.TrimPrefix(f.GetField()+"："+f.GetMessageZh(), "：")))
		en = append(en, short(strings.TrimPrefix(f.GetField()+": "+f.GetMessageEn(), ": ")))
		if len(zh) == 20 {
			break // more than anybody corrects at once
		}
	}
	return &Problem{
		ZH:    "数据接口的配置有误，请更正后重新启动。" + strings.Join(zh, " "),
		EN:    "The adapter's configuration is wrong. Correct it, then start the adapter again. " + strings.Join(en, " "),
		state: Failed, Fields: fields,
	}
}

// broken is a breach of the contract: the adapter's fault, not the office's.
func broken(zh, en string) *Problem {
	return &Problem{
		ZH: "数据接口违反了接口约定：" + zh + "请把这句话告诉数据接口的提供方。",
		EN: "The adapter breaks the contract: " + en + " Tell its supplier this sentence.",
	}
}

// notStored is the console's own failure; intake's sentence is kept.
func notStored(cause error) *Problem {
	if f, ok := fault.As(cause); ok {
		return &Problem{ZH: f.ZH, EN: f.EN, cause: cause}
	}
	return &Problem{
		ZH:    fmt.Sprintf("控制台未能保存数据接口送来的数据（%v）。请检查磁盘空间和数据文件夹。", cause),
		EN:    fmt.Sprintf("The console could not store what the adapter sent (%v). Check disk space and the data folder.", cause),
		cause: cause,
	}
}

// notTaken is why what an adapter says of itself was not taken: trying again is
// of no use where it was refused.
func notTaken(cause error) *Problem {
	p := notStored(cause)
	if f, ok := fault.As(cause); ok && (f.Kind == fault.Invalid || f.Kind == fault.Forbidden) {
		p.state = Failed
	}
	return p
}

// fromAdapter is what an adapter's answer with an error means for the office.
func fromAdapter(stream Stream, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	s := status.Convert(err)
	for _, d := range s.Details() {
		if r, ok := d.(*adapterv1.ConfigureResponse); ok && len(r.FieldErrors) > 0 {
			f := r.FieldErrors[0]
			p := &Problem{ZH: short(f.GetMessageZh()), EN: short(f.GetMessageEn()), Fields: r.FieldErrors, cause: err, quotes: true}
			if s.Code() == codes.FailedPrecondition || s.Code() == codes.InvalidArgument {
				p.state = Failed
			}
			return p
		}
	}
	switch {
	case s.Code() == codes.ResourceExhausted:
		return &Problem{
			ZH:    "数据接口送来的一批数据超过 32 MiB，未予接收。请把这句话告诉数据接口的提供方。",
			EN:    "The adapter sent a batch of more than 32 MiB, which was not taken. Tell its supplier this sentence.",
			cause: err,
		}
	case s.Code() == codes.Unimplemented:
		return broken("声明了并不提供的数据（"+string(stream)+"）。", "it declares a stream that it does not offer ("+string(stream)+").")
	case stream != "" && (s.Code() == codes.FailedPrecondition || s.Code() == codes.InvalidArgument):
		return &Problem{
			ZH:    fmt.Sprintf("来源系统不认识上次读到的位置（%s）：它可能换了数据库或清空了记录。为避免重复或遗漏，已停止读取；请与部门核实后再决定是否从头读取。", stream),
			EN:    fmt.Sprintf("The source does not know the place up to which it was read (%s): its database may have been replaced or emptied. Reading has stopped so that nothing is doubled or missed; ask the department before deciding to read from the beginning.", stream),
			state: Failed, cause: err,
		}
	case s.Code() == codes.InvalidArgument:
		return &Problem{
			ZH:    fmt.Sprintf("数据接口不接受控制台给出的设置（%s），请检查时区和时钟设置。", short(s.Message())),
			EN:    fmt.Sprintf("The adapter does not take the console's settings (%s). Check the time zone and the clock's setting.", short(s.Message())),
			state: Failed, cause: err,
		}
	case errors.Is(err, context.DeadlineExceeded) || s.Code() == codes.DeadlineExceeded:
		return hung(err)
	}
	return &Problem{
		ZH:    fmt.Sprintf("数据接口报告错误：%s。请检查部门系统能否访问。", short(s.Message())),
		EN:    fmt.Sprintf("The adapter reports an error: %s. Check that the department's system can be reached.", short(s.Message())),
		cause: err, quotes: true,
	}
}

// short keeps what an adapter says to what fits beside its tile.
func short(s string) string {
	const most = 500
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
