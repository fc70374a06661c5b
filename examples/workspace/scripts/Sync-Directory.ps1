<#
.SYNOPSIS
  Starts a synchronization of the local directory and checks that moved accounts arrived.
#>
[CmdletBinding()]
param(
    [string] $SearchBase = 'OU=Staff,DC=corp,DC=example,DC=com',
    [int] $TimeoutMinutes = 30
)

$ErrorActionPreference = 'Stop'
Import-Module ADSync
Import-Module ActiveDirectory

Start-ADSyncSyncCycle -PolicyType Delta | Out-Null

$deadline = (Get-Date).AddMinutes($TimeoutMinutes)
while ((Get-ADSyncScheduler).SyncCycleInProgress) {
    if ((Get-Date) -gt $deadline) { throw "The cycle did not end within $TimeoutMinutes minutes." }
    Start-Sleep -Seconds 15
}

# The cycle ends with "Success", but accounts that moved to another unit keep their old address:
#   Expected: li.na@example.com   Found: li.na@old.example.com
$moved = Get-ADUser -SearchBase $SearchBase -Filter 'Enabled -eq $true' -Properties mail, proxyAddresses
foreach ($user in $moved) {
    $primary = $user.proxyAddresses | Where-Object { $_ -clike 'SMTP:*' } | ForEach-Object { $_.Substring(5) }
    if ($primary -ne $user.mail) {
        Write-Warning "$($user.SamAccountName): expected $($user.mail), found $primary"
    }
}
