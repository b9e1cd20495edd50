package badinput_test

var children = map[string]func(){}
