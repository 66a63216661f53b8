// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a transfer comes to.
struct Fate {
    bool moves;
    bool says;
    uint256 arrives;
}

/// @notice A token without allowances that behaves in mode 0 and otherwise in its own way, and foretells what
/// each transfer comes to as long as the sender has the money.
abstract contract WeirdToken {
    mapping(address account => uint256) public balanceOf;
    uint256 public mode;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function become(uint256 mode_) external {
        mode = mode_;
    }

    function transfer(address to, uint256 amount) external {
        carry(msg.sender, to, amount);
        answer();
    }

    function transferFrom(address from, address to, uint256 amount) external {
        carry(from, to, amount);
        answer();
    }

    function fate(address, address, uint256 amount) external view virtual returns (Fate memory) {
        return Fate(true, true, amount);
    }

    function carry(address from, address to, uint256 amount) internal virtual {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }

    /// @dev Ends the call with what the token answers: true.
    function answer() internal view virtual {
        assembly ("memory-safe") {
            mstore(0, 1)
            return(0, 32)
        }
    }

    function flood(uint256 firstWord, bool reverts) internal pure {
        assembly ("memory-safe") {
            mstore(0, firstWord)
            if reverts { revert(0, 100000) }
            return(0, 100000)
        }
    }

    function refused() internal pure returns (Fate memory) {
        return Fate(false, false, 0);
    }
}

/// @notice 1 of 12: answers nothing.
contract SilentToken is WeirdToken {
    function answer() internal pure override {
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}

/// @notice 2 of 12: a hundredth and one unit of every transfer is lost.
contract TollToken is WeirdToken {
    function fate(address, address, uint256 amount) external view override returns (Fate memory) {
        return Fate(true, true, amount - _toll(amount));
    }

    function carry(address from, address to, uint256 amount) internal override {
        balanceOf[from] -= amount;
        balanceOf[to] += amount - _toll(amount);
    }

    function _toll(uint256 amount) private view returns (uint256) {
        return mode == 0 || amount == 0 ? 0 : amount / 100 + 1 > amount ? amount : amount / 100 + 1;
    }
}

/// @notice 3 of 12: one account can neither send nor receive.
contract BlocklistToken is WeirdToken {
    address public blocked;

    function blockAccount(address account) external {
        blocked = account;
    }

    function fate(address from, address to, uint256 amount) external view override returns (Fate memory) {
        return from == blocked || to == blocked ? refused() : Fate(true, true, amount);
    }

    function carry(address from, address to, uint256 amount) internal override {
        require(from != blocked && to != blocked, "Blacklistable: account is blacklisted");
        super.carry(from, to, amount);
    }
}

/// @notice 4 of 12: stands still for everybody.
contract PausableToken is WeirdToken {
    function fate(address, address, uint256 amount) external view override returns (Fate memory) {
        return mode == 0 ? Fate(true, true, amount) : refused();
    }

    function carry(address from, address to, uint256 amount) internal override {
        require(mode == 0, "Pausable: paused");
        super.carry(from, to, amount);
    }
}

/// @notice 5 of 12: calls back whoever moves it, and fails if it is let in.
contract ReentrantToken is WeirdToken {
    bytes public entry;

    function reenterBy(bytes calldata entry_) external {
        entry = entry_;
    }

    function carry(address from, address to, uint256 amount) internal override {
        super.carry(from, to, amount);
        if (mode == 0 || entry.length == 0) return;
        (bool ok,) = msg.sender.call(entry);
        require(!ok, "reentered");
    }
}

/// @notice 6 of 12: answers false, having moved nothing (1) or all (2).
contract DenyingToken is WeirdToken {
    function fate(address, address, uint256 amount) external view override returns (Fate memory) {
        return mode == 1 ? refused() : Fate(true, mode == 0, amount);
    }

    function carry(address from, address to, uint256 amount) internal override {
        if (mode != 1) super.carry(from, to, amount);
    }

    function answer() internal view override {
        if (mode == 0) super.answer();
        assembly ("memory-safe") {
            mstore(0, 0)
            return(0, 32)
        }
    }
}

/// @notice 7 of 12: answers true (1), or reverts (2), with a hundred thousand bytes.
contract FloodingToken is WeirdToken {
    function fate(address, address, uint256 amount) external view override returns (Fate memory) {
        return mode == 2 ? refused() : Fate(true, true, amount);
    }

    function answer() internal view override {
        if (mode == 0) super.answer();
        flood(1, mode == 2);
    }
}

/// @notice 8 of 12: burns all gas that it is given.
contract BurningToken is WeirdToken {
    function fate(address, address, uint256 amount) external view override returns (Fate memory) {
        return mode == 0 ? Fate(true, true, amount) : refused();
    }

    function answer() internal view override {
        if (mode == 0) super.answer();
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @notice What the hooked token calls.
interface IHooked {
    function onTokens() external;
    function welcomesTokens() external view returns (bool);
}

/// @notice 9 of 12: tells senders before and receivers after, as ERC-777 does; those that registered.
contract HookedToken is WeirdToken {
    mapping(address account => bool) public registered;

    function register(address account) external {
        registered[account] = true;
    }

    function fate(address from, address to, uint256 amount) external view override returns (Fate memory) {
        return _welcomes(from) && _welcomes(to) ? Fate(true, true, amount) : refused();
    }

    function carry(address from, address to, uint256 amount) internal override {
        if (registered[from]) IHooked(from).onTokens();
        super.carry(from, to, amount);
        if (registered[to]) IHooked(to).onTokens();
    }

    function _welcomes(address account) private view returns (bool) {
        return !registered[account] || IHooked(account).welcomesTokens();
    }
}

/// @notice 10 of 12: everybody's balance grows or shrinks.
contract RebasingToken is WeirdToken {
    function scale(address[] calldata holders, uint256 by, uint256 of_) public {
        for (uint256 i = 0; i < holders.length; ++i) {
            balanceOf[holders[i]] = balanceOf[holders[i]] * by / of_;
        }
    }
}

/// @notice 11 of 12: its code goes and comes back; who tests takes it away.
contract VanishingToken is WeirdToken {}

/// @notice 12 of 12: counts in 6 decimals, or in 18 after an upgrade that converts what everybody has.
contract UpgradedToken is RebasingToken {
    function decimals() external view returns (uint8) {
        return mode == 0 ? 6 : 18;
    }
}
