# Every target is one script in build/scripts, which can also be run by itself.
.DEFAULT_GOAL := help
.PHONY: help run check test build build-windows release bench torture generate lint audit clean

help: ## Show this list 显示本列表
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: ## Build, then open the demonstration city 编译并打开演示城市
	@build/scripts/run.sh

check: ## What to run before a commit, in minutes 提交前的检查
	@build/scripts/check.sh

test: ## Run every check and test; no display needed 运行全部检查和测试
	@build/scripts/test.sh

build: ## Build the console and the adapters into build/bin 编译
	@build/scripts/build.sh

build-windows: ## Cross-build for Windows into build/bin/windows 交叉编译 Windows 版
	@build/scripts/build-windows.sh

release: ## Build and check all that is shipped 编译并检查全部发布内容
	@build/scripts/release.sh

bench: ## Measure, beside what this machine can do at best 性能测量
	@build/scripts/bench.sh

torture: ## Kill the console and its adapters 200 times each; the largest inputs 断电式破坏测试
	@build/scripts/torture.sh

generate: ## Make the generated code anew 重新生成代码
	@build/scripts/generate.sh

lint: ## Format and vet checks only 格式与静态检查
	@build/scripts/lint.sh

audit: ## Known vulnerabilities in the dependencies; needs the network 依赖漏洞检查
	@build/scripts/audit.sh

clean: ## Remove what was built 清除编译产物
	@build/scripts/clean.sh
