namespace Seal.Service.Start;

/// <summary>The service cannot start: the message says in a sentence what is missing and how to mend it.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
