#!/usr/bin/env bash
# Draws the pictures of this directory from a running stack under a little mail. The page takes the machine's fonts: on
# Debian, fonts-inter and fonts-jetbrains-mono.
set -euo pipefail
cd "$(dirname "$0")/../.."
CYBERTEMP_SCREENSHOTS="$PWD/docs/images" dotnet test Cybertemp.Tests --nologo \
    --filter 'FullyQualifiedName~AppHost.DashboardTests|FullyQualifiedName~WebInbox.PictureTests'
