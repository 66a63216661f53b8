// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDealEscrow} from "../../src/deal/IDealEscrow.sol";

/// @notice The least of an ERC-20, without allowances; what its transfers do is for others to spoil.
abstract contract BareToken {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        move(from, to, amount);
        return true;
    }

    function move(address from, address to, uint256 amount) internal {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Keeps one unit of what is sent.
contract SkimmingToken is BareToken {
    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        move(from, to, amount - 1);
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        move(msg.sender, to, amount);
        return true;
    }
}

/// @notice Pays out in one of many ways, as told.
contract MoodyToken is BareToken {
    enum Mood {
        Good,
        Silent,
        False,
        Two,
        Short,
        Revert,
        Bomb,
        Burn,
        Reenter
    }

    Mood public mood;
    address public refused;
    uint256 public gasSeen;
    bytes public reentry;
    bytes4 public refusal;

    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        if (mood == Mood.Reenter) _reenter();
        move(from, to, amount);
        return true;
    }

    function _reenter() private {
        (bool ok, bytes memory answer) = msg.sender.call(reentry);
        require(!ok, "reentered");
        refusal = bytes4(answer);
    }

    function become(Mood mood_) external {
        mood = mood_;
    }

    function refuse(address account) external {
        refused = account;
    }

    function reenterBy(bytes calldata call_) external {
        (mood, reentry) = (Mood.Reenter, call_);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        gasSeen = gasleft();
        require(to != refused, "refused");
        Mood now_ = mood;
        if (now_ == Mood.Revert) revert("no");
        if (now_ == Mood.False) return false;
        if (now_ == Mood.Burn) {
            while (true) {}
        }
        if (now_ == Mood.Bomb) {
            assembly {
                revert(0, 100000)
            }
        }
        if (now_ == Mood.Reenter) {
            _reenter();
        }
        move(msg.sender, to, amount);
        if (now_ == Mood.Silent) {
            assembly {
                return(0, 0)
            }
        }
        if (now_ == Mood.Two) {
            assembly {
                mstore(0, 2)
                return(0, 32)
            }
        }
        if (now_ == Mood.Short) {
            assembly {
                mstore(0, 1)
                return(0, 31)
            }
        }
        return true;
    }
}
