using System.Security.Cryptography;
using Seal.Cryptography;
using Seal.Cryptography.Timestamps;
using Seal.Ledger;
using Seal.Service.Operation;
using Seal.Tokens;

namespace Seal.Service.Timestamps;

/// <summary>Answers requests for time stamps by the service's own unit, with the time that the ledger believes.</summary>
public sealed partial class TimestampDesk(TimestampUnits units, EventLedger ledger, SealMetrics metrics, ILogger<TimestampDesk> log)
{
    /// <summary>Answers a request as it came; one that cannot be read is refused in the way of RFC 3161.</summary>
    public async Task<TimestampResponse> AnswerAsync(ReadOnlyMemory<byte> der, CancellationToken cancellation)
    {
        TimestampResponse answer;
        try
        {
            answer = await DecideAsync(TimestampRequest.Parse(der), cancellation);
        }
        catch (DerFormatException)
        {
            answer = TimestampResponse.Refuse(TimestampFailure.BadDataFormat, "This is not a DER TimeStampReq (RFC 3161).");
        }

        metrics.Stamped(answer.Failure?.ToString() ?? "");
        return answer;
    }

    private async Task<TimestampResponse> DecideAsync(TimestampRequest request, CancellationToken cancellation)
    {
        if (units.Options.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        try
        {
            // A clock that is doubted states no time, and certifies no unit.
            var time = await ledger.TimeAsync(cancellation);
            if (await units.PresentAsync(cancellation) is not { } unit)
            {
                return TimestampResponse.Refuse(TimestampFailure.SystemFailure, "The authority that certified this unit is revoked, or not valid by the clock; ask again when another has followed.");
            }

            return unit.Answer(request, time, RandomNumberGenerator.GetBytes(TimestampAuthority.SerialNumberSize));
        }
        catch (Exception doubted) when (doubted is ClockJumpException or LedgerUnavailableException)
        {
            LogClock(doubted.Message);
            return TimestampResponse.Refuse(TimestampFailure.TimeNotAvailable, "The authority's clock is being looked at; ask again later.");
        }
        catch (TokenException failed)
        {
            LogToken(failed.Message);
            return TimestampResponse.Refuse(TimestampFailure.SystemFailure, "The authority's key is not to be reached; ask again later.");
        }
    }

    [LoggerMessage(LogLevel.Warning, "No time stamps are made: {Reason}")]
    private partial void LogClock(string reason);

    [LoggerMessage(LogLevel.Error, "No time stamps are made, the token does not sign: {Reason}")]
    private partial void LogToken(string reason);
}
