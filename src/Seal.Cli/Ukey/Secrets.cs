using System.Text;

namespace Seal.Cli.Ukey;

/// <summary>PINs and passwords: out of a file or typed unseen, never on the command line, where every other user could read them.</summary>
internal static class Secrets
{
    /// <summary>The first line of a file, or what is typed; the caller wipes it.</summary>
    /// <exception cref="UkeyException">There is neither.</exception>
    public static char[] Read(string? file, string what, string option)
    {
        if (file is not null)
        {
            return [.. File.ReadLines(file).FirstOrDefault() ?? ""];
        }

        if (Console.IsInputRedirected)
        {
            throw new UkeyException($"There is no terminal to ask for the {what}: name a file that holds it with {option}.", isRefused: false);
        }

        Console.Error.Write($"{what}: ");
        var typed = new StringBuilder();
        for (ConsoleKeyInfo key; (key = Console.ReadKey(intercept: true)).Key != ConsoleKey.Enter;)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        var secret = new char[typed.Length];
        typed.CopyTo(0, secret, typed.Length);
        typed.Clear();
        return secret;
    }
}
