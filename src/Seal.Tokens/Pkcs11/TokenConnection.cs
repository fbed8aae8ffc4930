using System.Collections.Concurrent;

namespace Seal.Tokens.Pkcs11;

/// <summary>The sessions open on a token since it was last put in. Void as a whole when the token was pulled out.</summary>
internal sealed class TokenConnection : IDisposable
{
    private readonly ConcurrentBag<TokenSession> _idle = [];
    private readonly FunctionList _functions;
    private readonly string _token;

    /// <summary>Never lent: a token signs everybody out when its last session closes.</summary>
    private readonly TokenSession _anchor;

    private volatile bool _isClosed;
    private int _disposed;

    public TokenConnection(FunctionList functions, nuint slot, string token)
    {
        _functions = functions;
        _token = token;
        Slot = slot;
        _anchor = new TokenSession(functions, slot, token);
    }

    public nuint Slot { get; }

    public CkResult SignIn(TokenPin pin) => _anchor.Login(Ck.User.Normal, pin.Utf8);

    public TokenSession Rent() =>
        _idle.TryTake(out var session) ? session : new TokenSession(_functions, Slot, _token);

    public void Return(TokenSession session)
    {
        _idle.Add(session);
        if (_isClosed)
        {
            CloseIdle();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return; // several threads notice the same loss
        }

        _isClosed = true;
        CloseIdle();
        _anchor.Dispose();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
