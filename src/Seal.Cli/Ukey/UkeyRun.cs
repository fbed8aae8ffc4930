using System.Net;
using Seal.Cli.Verifying;
using Seal.Cryptography;
using Seal.Documents.Ses;
using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>Runs what is asked of a token and says what became of it, also in the exit code.</summary>
internal static class UkeyRun
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The token or the service refused: a wrong PIN, a frozen seal.</summary>
    public const int Refused = 1;

    /// <summary>The token or the service could not be asked.</summary>
    public const int Impossible = ExitCodes.Unreadable;

    /// <summary>The exit codes as the help tells them.</summary>
    public const string ExitCodesTold = "Exit code: 0 done, 1 refused by the token or the service, 3 one of them could not be asked.";

    public static async Task<int> AsAsync(Func<Task> work)
    {
        try
        {
            await work();
            return Done;
        }
        catch (UkeyException told)
        {
            return Say(told.Message, told.IsRefused ? Refused : Impossible);
        }
        catch (TokenException failed)
        {
            return Say(failed.Message, Impossible);
        }
        catch (HttpRequestException unreachable) when (unreachable.StatusCode == HttpStatusCode.Unauthorized)
        {
            return Say("the account or the password is wrong.", Refused);
        }
        catch (HttpRequestException unreachable)
        {
            return Say($"the service could not be asked: {unreachable.Message}", Impossible);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or DllNotFoundException or BadImageFormatException or DerFormatException or SesFormatException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return Say(failed.Message, Impossible);
        }
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine("seal: " + PlainText.Of(message));
        return code;
    }
}
