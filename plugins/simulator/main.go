// Command simulator is the adapter of the demonstration city: 35 departments,
// 359 items and 155,000 cases in eleven months, in the proportions of a real
// reference city, with every kind of violation that the console detects planted
// at a set rate and listed in an answer key. Same settings, same city.
package main

import "github.com/mingcha-console/mingcha/sdk"

func main() { sdk.Serve(&simulator{}) }
