#!/usr/bin/env bash
# Draws the pictures of this directory from a running stack under a little mail.
set -euo pipefail
cd "$(dirname "$0")/../.."
CYBERTEMP_SCREENSHOTS="$PWD/docs/images" dotnet test Cybertemp.Tests --nologo --filter FullyQualifiedName~Dashboard.Screenshots
