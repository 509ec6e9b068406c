// Package sdk is what a department's IT people import to write an adapter: a
// small program that reads the department's own approval system and hands its
// events to the supervision console.
//
// An adapter is a type with three methods (see [Adapter]) and a main function
// of one line:
//
//	func main() { sdk.Serve(&myAdapter{}) }
//
// The console starts the program, configures it and asks for everything after
// a cursor. The SDK does the rest: batches, flow control, encryption between
// the two processes, logging (use log/slog; lines arrive in the console) and
// the rule that nothing is ever dropped: what the contract cannot express is
// sent as [Unreadable] and waits in the console's quarantine.
//
// Run the conformance kit of sdk/adaptertest against your adapter before you
// hand it over; sdk/example/csvadapter is a complete adapter to start from.
package sdk
